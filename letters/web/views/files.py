"""Files that go to a person's own device, whatever they are."""

from django.http import HttpResponse


def kept(data: bytes, name: str) -> HttpResponse:
    """To be saved, and never shown by the browser."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
