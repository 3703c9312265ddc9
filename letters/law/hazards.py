"""Dangers to health in a home, by keys of our own that each nation's lists map to."""

from enum import StrEnum


class Hazard(StrEnum):
    """One danger; finer than any nation's list, so that every list can be made of these."""

    DAMP_AND_MOULD = "damp_and_mould"
    EXCESS_COLD = "excess_cold"
    EXCESS_HEAT = "excess_heat"
    ASBESTOS = "asbestos"
    BIOCIDES = "biocides"
    CARBON_MONOXIDE = "carbon_monoxide"
    LEAD = "lead"
    RADIATION = "radiation"
    FUEL_GAS = "fuel_gas"
    VOLATILE_COMPOUNDS = "volatile_compounds"
    CROWDING = "crowding"
    INTRUDERS = "intruders"
    LIGHTING = "lighting"
    NOISE = "noise"
    DOMESTIC_HYGIENE = "domestic_hygiene"
    PESTS = "pests"
    FOOD_SAFETY = "food_safety"
    SANITATION = "sanitation"
    WATER_SUPPLY = "water_supply"
    FALLS_IN_BATHS = "falls_in_baths"
    FALLS_ON_THE_LEVEL = "falls_on_the_level"
    FALLS_ON_STAIRS = "falls_on_stairs"
    FALLS_BETWEEN_LEVELS = "falls_between_levels"
    ELECTRICAL = "electrical"
    FIRE = "fire"
    HOT_SURFACES = "hot_surfaces"
    COLLISION_AND_ENTRAPMENT = "collision_and_entrapment"
    EXPLOSIONS = "explosions"
    ERGONOMICS = "ergonomics"
    STRUCTURAL_COLLAPSE = "structural_collapse"

    @property
    def label(self) -> str:
        return _LABELS.get(self, self.value.replace("_", " "))


_LABELS = {
    Hazard.ASBESTOS: "asbestos and mineral fibres",
    Hazard.CARBON_MONOXIDE: "carbon monoxide and smoke from appliances",
    Hazard.CROWDING: "crowding and lack of space",
    Hazard.FUEL_GAS: "escaping fuel gas",
    Hazard.INTRUDERS: "entry by intruders",
    Hazard.PESTS: "pests",
    Hazard.SANITATION: "personal hygiene, sanitation and drainage",
    Hazard.STRUCTURAL_COLLAPSE: "structural collapse and falling elements",
    Hazard.ELECTRICAL: "electrical danger",
    Hazard.HOT_SURFACES: "flames and hot surfaces",
}
