"""The words by which mail systems and help desks are known, in the languages they speak to us.

Each is a pattern without regard to case. A new one goes here, with a message in the corpus.
"""

import re
from typing import Final

AWAY_SUBJECTS: Final = (
    r"automatic reply",
    r"auto(mated)?[- ]?(reply|response|answer|antwort|svar)",
    r"out of (the )?office",
    r"on (annual |sick |maternity )?leave",
    r"on holiday",
    r"away from (my|the) (desk|office)",
    r"abwesen",
    r"automatische antwort",
    r"automatisch antwoord",
    r"r[ée]ponse automatique",
    r"absence du bureau",
    r"absent",
    r"respuesta autom[áa]tica",
    r"fuera de (la )?oficina",
    r"risposta automatica",
    r"fuori (ufficio|sede)",
    r"automatyczna odpowied",
    r"poza biurem",
    r"nieobecno",
    r"resposta autom[áa]tica",
    r"automatisk svar",
    r"ymateb awtomatig",
    r"allan o.r swyddfa",
    r"r[ăa]spuns automat",
    r"автоответ",
    r"автоматический ответ",
    r"otomatik yan",
    r"自動応答|自动回复|自動回覆",
)
AWAY_TEXTS: Final = (
    r"out of (the )?office",
    r"(currently|now) (away|on leave|out)",
    r"on (annual|sick|maternity|parental) leave",
    r"i(.m| am) (away|on leave|on holiday|on annual)",
    r"will (be back|return) (on|to)",
    r"limited access to (my )?e-?mail",
    r"no longer (works?|employed|with)",
    r"this (mailbox|inbox|e-?mail address|address) is (not|no longer) (monitored|in use)",
    r"do not reply",
    r"unmonitored",
    r"automat(ed|ic) (reply|response|message|e-?mail)",
    r"nicht (im (b[üu]ro|haus)|erreichbar)",
    r"abwesend",
    r"absente? (du|jusqu)",
    r"estar[ée] (fuera|ausente)",
    r"fuera de la oficina",
    r"sono (assente|fuori)",
    r"ben (ik )?(afwezig|niet aanwezig)",
    r"jestem nieobecn",
    r"poza biurem",
    r"allan o.r swyddfa",
)
TICKETS: Final = (
    (
        r"(we have|we.ve|has been|have) received (your|the) "
        r"(e-?mail|message|enquiry|inquiry|request|complaint|correspondence|letter|report)"
    ),
    (
        r"(your|the) (e-?mail|message|enquiry|request|complaint|correspondence) "
        r"(has been|was) (received|logged|registered|recorded)"
    ),
    r"thank you for (contacting|your (e-?mail|message|enquiry|request)|getting in touch)",
    (
        r"(case|ticket|enquiry|request|incident|job|complaint|call) ?(number|no\.?|ref|id)? ?"
        r"(is|:|#|=) ?[\w-]*\d"
    ),
    r"aim to (respond|reply)",
    r"a (ticket|case) (has been|was) (created|opened|logged)",
    r"ihre (anfrage|nachricht) (ist|wurde)",
    r"nous avons (bien )?re[çc]u",
    r"hemos recibido",
    r"abbiamo ricevuto",
    r"wij hebben uw",
    r"rydym wedi derbyn",
)
CHALLENGES: Final = (
    r"(confirm|verify|prove) (that )?(you are|you.re|it.s|it is) .{0,40}(human|person|real|sender)",
    r"(confirm|verify) your (address|identity|e-?mail|message)",
    r"(click|reply|visit).{0,80}to (deliver|release|confirm|verify|be added)",
    r"awaiting (your )?(confirmation|verification|approval)",
    r"not (yet )?(on|in) .{0,20}(approved|allowed|white) ?-?(list|senders)",
    r"message .{0,30}(on hold|is being held|held) (until|pending)",
    r"boxbe|spamarrest",
)
FAILED_SUBJECTS: Final = (
    r"undeliver",
    r"non[- ]?deliver",
    r"delivery (status notification \(failure\)|fail|has failed|problem|report|error|incomplete)",
    r"delivery notification",
    r"returned mail",
    r"mail (delivery|system|could not)",
    r"failure (notice|delivery)",
    r"message (undeliverable|not delivered|could not be delivered)",
    r"(could not|couldn.t|unable to|not) (be )?deliver",
    r"unzustellbar",
    r"nicht zugestellt",
    r"zustellung fehlgeschlagen",
    r"non remis",
    r"[ée]chec (de|d.) ?(la )?(remise|livraison|distribution)",
    r"non distribu",
    r"no se (puede|pudo) entregar",
    r"no entregad",
    r"error de entrega",
    r"non recapitabil",
    r"mancat[oa] (recapito|consegna)",
    r"onbestelbaar",
    r"niet (afgeleverd|bezorgd)",
    r"niedostarcz",
    r"nie dostarczono",
    r"n[ãa]o (foi poss[íi]vel|entregue)",
    r"devolvid",
    r"kunde inte levereras",
    r"kan ikke leveres",
    r"methu danfon",
    r"не ?доставлен",
    r"配信不能|无法投递|退信",
)
FAILED_TEXTS: Final = (
    r"did ?n.t reach",
    r"did not reach",
    r"could ?n.t be delivered",
    r"could not (be delivered|deliver)",
    r"(wasn.t|was not|has not been|hasn.t been) delivered",
    r"unable to deliver",
    r"undeliverable",
    r"permanent (fatal )?error",
    r"permanent failure",
    r"qmail-send",
    r"failed permanently",
    r"address(es)? failed",
    r"rejected your message",
    r"returned to sender",
    r"konnte nicht zugestellt",
    r"n.a pas pu [êe]tre (remis|distribu|livr)",
    r"no se pudo entregar",
    r"non [èe] stato (possibile )?(recapita|consegna)",
    r"kon niet worden (afgeleverd|bezorgd)",
    r"nie mog[łl]a zosta[ćc] dostarczona",
)
DELAYS: Final = (
    r"status notification \(delay\)",
    r"delivery (delayed|status: delayed)",
    r"delayed mail",
    r"warning: (could not send|message|mail)",
    r"still being retried",
    r"will (be retried|keep trying|continue (to try|trying)|retry)",
    r"warning message only",
    r"not been delivered yet",
    r"has been delayed",
    r"there was a temporary problem",
    r"verz[öo]ger",
    r"retard[ée]",
    r"retrasad",
    r"in ritardo",
    r"vertraagd",
)
# In the order in which they are looked for: the particular before the general.
REASONS: Final = (
    (
        "mailbox_full",
        (
            r"mailbox (is )?full",
            r"over\s?quota|quota exceeded",
            r"postfach.{0,20}voll",
            r"bo[îi]te.{0,30}pleine",
            r"buz[óo]n.{0,20}lleno",
            r"casella.{0,20}piena",
            r"insufficient (system )?storage",
        ),
    ),
    (
        "domain_unknown",
        (
            r"host (or domain name )?not found",
            r"domain .{0,60}(not found|does ?n.t exist|couldn.t be found)",
            r"no (mx|such domain)",
            r"unrouteable|unknown host",
        ),
    ),
    (
        "message_too_large",
        (r"too (large|big)", r"size limit", r"exceeds.{0,40}size", r"message size"),
    ),
    (
        "mailbox_closed",
        (
            r"account .{0,30}(disabled|inactive|closed|suspended)",
            r"mailbox .{0,20}(disabled|inactive|unavailable)",
            r"no longer (active|in use|works)",
        ),
    ),
    (
        "mailbox_unknown",
        (
            r"user unknown|unknown user",
            r"no such (user|mailbox|recipient|address|person)",
            r"(does ?n.t|does not|do not) exist",
            r"address (was )?not found",
            (
                r"(address|recipient|mailbox|user) .{0,60}"
                r"(not found|wasn.t found|couldn.t be found|rejected|unknown|invalid)"
            ),
            r"no mailbox here by that name",
            r"invalid (recipient|address)",
            r"recipnotfound|resolver\.adr",
            r"empf[äa]nger.{0,40}(unbekannt|nicht gefunden|existiert nicht)",
            r"(adresse|destinataire|utilisateur).{0,60}(introuvable|inconnu|n.existe pas)",
            r"(direcci[óo]n|usuario|destinatario).{0,60}(no se encontr|desconocid|no existe)",
            r"(indirizzo|destinatario|utente).{0,60}(sconosciut|inesistente|non trovat)",
            r"adres.{0,40}(nie istnieje|onbekend|niet gevonden)",
        ),
    ),
    (
        "refused_by_policy",
        (
            r"spam|blocked|black ?list|block ?list",
            r"policy|dmarc|spf|dkim|reputation",
            r"not authori[sz]ed|access denied|restricted",
            r"rejected by the recipient|content rejected",
        ),
    ),
    ("mail_loop", (r"loop", r"too many hops|hop count")),
    ("gave_up_trying", (r"gave up|giving up", r"timed out", r"too long", r"expired|retry timeout")),
)


def any_of(phrases: tuple[str, ...], *, at_start: bool = False) -> "re.Pattern[str]":
    """One pattern for all of them; at the start of a subject, after 'Re:' and the like."""
    before = r"^\W{0,3}((re|aw|sv|fw|fwd): ?)?\W{0,3}" if at_start else ""
    return re.compile(f"{before}({'|'.join(phrases)})", re.IGNORECASE)
