"""Keeping what comes in, sorting it, and what people do with it."""

from letters.incoming.actions.answers import (
    Promised,
    keep_for_case,
    nothing_to_record,
    paste_message,
    record_answer,
)
from letters.incoming.actions.calls import note_call
from letters.incoming.actions.files import enclose_attachment, scan_attachment
from letters.incoming.actions.keeping import keep_files, keep_message
from letters.incoming.actions.linking import (
    change_kind,
    link_message,
    link_to_reference,
    put_aside,
    take_back,
    take_message,
    unlink_message,
)
from letters.incoming.actions.returned_post import keep_scan, record_returned
from letters.incoming.actions.sorting import sort_message

__all__ = [
    "Promised",
    "change_kind",
    "enclose_attachment",
    "keep_files",
    "keep_for_case",
    "keep_message",
    "keep_scan",
    "link_message",
    "link_to_reference",
    "note_call",
    "nothing_to_record",
    "paste_message",
    "put_aside",
    "record_answer",
    "record_returned",
    "scan_attachment",
    "sort_message",
    "take_back",
    "take_message",
    "unlink_message",
]
