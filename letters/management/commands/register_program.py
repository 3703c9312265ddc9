"""Registers a program that acts for a person through the API, and prints its secret once."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from oauth2_provider.models import get_application_model
from typing_extensions import override

from letters.access.models import User


class Command(BaseCommand):
    """The secret is kept hashed: whoever loses it registers the program again."""

    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of the person the program acts for")
        parser.add_argument("name", help="of the program, unique; it is also its client id")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        application = get_application_model()
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError("Nobody signs in with that address")
        if application.objects.filter(client_id=options["name"]).exists():
            raise CommandError("A program of that name is registered; choose another")
        secret = secrets.token_urlsafe(32)
        application.objects.create(
            user=user,
            name=options["name"],
            client_id=options["name"],
            client_secret=secret,
            client_type=application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=application.GRANT_CLIENT_CREDENTIALS,
        )
        self.stdout.write(f"client id {options['name']}\nclient secret {secret}\n")
