"""The kinds of definition a country can write, by the word that stands behind `kind:` in the file."""

from sojourn.definitions.birthplace import Birthplace
from sojourn.definitions.concordance import Concordance
from sojourn.definitions.date_patterns import DatePatterns
from sojourn.definitions.demographic_account import DemographicAccount
from sojourn.definitions.external_status import ExternalStatuses
from sojourn.definitions.population_account import PopulationAccount
from sojourn.definitions.precision import Precision
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.temporary_mobility import TemporaryMobility
from sojourn.definitions.trips import Trips

KINDS: dict[str, type] = {
    "birthplace": Birthplace,
    "concordance": Concordance,
    "date patterns": DatePatterns,
    "demographic account": DemographicAccount,
    "external statuses": ExternalStatuses,
    "population account": PopulationAccount,
    "precision": Precision,
    "residence rule": ResidenceRule,
    "temporary mobility": TemporaryMobility,
    "trips": Trips,
}
