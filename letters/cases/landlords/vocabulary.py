"""Where an entry of the directory came from, and what else a landlord is reached for."""

from enum import StrEnum


class EntrySource(StrEnum):
    """Who or what said so; how far to trust an address depends on it."""

    AGREEMENT = "agreement"
    NOTICE = "notice"
    LANDLORD = "landlord"
    AGENT = "agent"
    TENANT = "tenant"
    REGISTER = "register"

    @property
    def label(self) -> str:
        return _SOURCES[self]


_SOURCES = {
    EntrySource.AGREEMENT: "The agreement for the home",
    EntrySource.NOTICE: "A notice or rent demand",
    EntrySource.LANDLORD: "The landlord's own letter or website",
    EntrySource.AGENT: "The agent",
    EntrySource.TENANT: "The tenant",
    EntrySource.REGISTER: "A public register",
}


class ContactRole(StrEnum):
    """What a contact is for. An agent or arm's-length manager acts for the landlord and is not the
    landlord: no duty of the landlord's is theirs."""

    COMPLAINTS = "complaints"
    REPAIRS = "repairs"
    AGENT = "agent"
    ARMS_LENGTH_MANAGER = "arms_length_manager"

    @property
    def label(self) -> str:
        return _ROLES[self]

    @property
    def acts_for_landlord(self) -> bool:
        return self in (ContactRole.AGENT, ContactRole.ARMS_LENGTH_MANAGER)


_ROLES = {
    ContactRole.COMPLAINTS: "Complaints",
    ContactRole.REPAIRS: "Repairs",
    ContactRole.AGENT: "Agent",
    ContactRole.ARMS_LENGTH_MANAGER: "Arm's-length manager",
}
