"""The design system's files, as we serve them."""

from hjp_letters.command import frontend


def test_local_style_fetches_nothing_from_elsewhere() -> None:
    style = (
        '@font-face{font-family:F;src:url(https://fonts.example/a.woff2) format("woff2")}'
        "a{background:url(/assets/images/cross.svg)}b{background:url('/assets/x.svg')}\n"
        "/*# sourceMappingURL=x.css.map */\n"
    )

    changed = frontend.local_style(style)

    assert (
        changed == "a{background:url(assets/images/cross.svg)}b{background:url('assets/x.svg')}\n"
    )


def test_prepared_style_is_local_throughout() -> None:
    style = (frontend.PREPARED / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    assert "://" not in style.replace("http://www.w3.org/", "")
    assert "url(/" not in style
    assert "sourceMappingURL" not in style
