"""What to ask when the answer would change which law applies, in plain words."""

from letters.law.provision import Fact

ASKS = {
    Fact.TENURE: "How is the home held: from the council or the Housing Executive, a housing "
    "association, a private landlord, as temporary or supported housing, on a long lease, "
    "shared or owned?",
    Fact.AGREEMENT: "Is the agreement for the home a tenancy (in Wales, an occupation contract), a "
    "licence or a lease?",
    Fact.LANDLORD_KIND: "Who is the landlord: the council, the Housing Executive, a housing "
    "association or other registered provider, a private landlord, or a charity or company that "
    "is not registered?",
    Fact.DISREPAIR: "Is something broken or worn that once worked, such as a leaking roof, "
    "gutter, pipe, window, fan or boiler?",
    Fact.LANDLORD_CONTROLS_CAUSE: "Does the cause lie in something the landlord is responsible "
    "for, such as the building, its pipes or its heating?",
    Fact.HEATING_OR_HOT_WATER_LOST: "Is the home without heating or hot water now?",
    Fact.ADJUSTMENT_REQUESTED: "Is a disabled person in the home asking the landlord for a "
    "reasonable adjustment?",
    Fact.OPEN_QUESTION: "What does the agreement itself say?",  # each provision asks its own
    Fact.AGE: "How old is the person in the home who has this illness?",
}
