"""The clauses an agreement folder can name."""

from __future__ import annotations

from paripassu.clauses.adjustment import AnnouncementLock, ProportionalAdjustment
from paripassu.clauses.adjustment_certificates import AdjustmentCertificates, SpecialAdjustment
from paripassu.clauses.allocation import Allocation
from paripassu.clauses.amendment_in_writing import AmendedInWriting
from paripassu.clauses.availability import AvailableShares
from paripassu.clauses.black_scholes import BlackScholesAmount
from paripassu.clauses.buyin import BuyIn, ExerciseBuyIn
from paripassu.clauses.cap_remedy import CapRemedy
from paripassu.clauses.cashless import CashlessExercise
from paripassu.clauses.certificates import CertificateRegister
from paripassu.clauses.consent import ProtectiveProvisions
from paripassu.clauses.conversion import NoticeOfConversion, OptionalConversion
from paripassu.clauses.deemed_notice import DeemedNotice
from paripassu.clauses.default import ConversionDefault, LongDefault
from paripassu.clauses.definitions import Series
from paripassu.clauses.delivery import Delivery
from paripassu.clauses.dilution import DilutionAdjustment
from paripassu.clauses.dispute import CalculationDispute
from paripassu.clauses.distributed import DistributedSecurities
from paripassu.clauses.distributions import DistributionOnExercise
from paripassu.clauses.duties import Duties
from paripassu.clauses.exercise import Exercise
from paripassu.clauses.exercise_delivery import ExerciseDelivery
from paripassu.clauses.exercise_dispute import ExerciseDispute
from paripassu.clauses.exercise_limits import CapBesidePool, SharedLimits
from paripassu.clauses.exercise_notice import ExerciseByNotice
from paripassu.clauses.exercise_period import ExercisePeriod
from paripassu.clauses.exercise_term import ExerciseTerm
from paripassu.clauses.expert_determination import ExpertDetermination
from paripassu.clauses.fractions_of_shares import FractionOfShare
from paripassu.clauses.impairment import CapitalImpairment
from paripassu.clauses.insolvency import BankruptcyEvents
from paripassu.clauses.issuance import SecuritiesIssued
from paripassu.clauses.issues import ConsiderationReceived, CountedIssues
from paripassu.clauses.legends import Legends
from paripassu.clauses.limitation import ExchangeCap, OwnershipLimit
from paripassu.clauses.liquidation import Liquidation, Rank
from paripassu.clauses.majority import MajorityInInterest
from paripassu.clauses.maturity import RequiredConversion
from paripassu.clauses.net_exercise import NetExercise
from paripassu.clauses.new_securities import NewSecurities
from paripassu.clauses.notices import FixedDates, NoticeClock
from paripassu.clauses.organic_change import OrganicChange
from paripassu.clauses.participation import Participation
from paripassu.clauses.payment import CashPayments, PaymentMethod, PlainPayments
from paripassu.clauses.pricing import AccruedPremium, FixedPrice, SwitchedPrice, VariablePrice
from paripassu.clauses.purchase_rights import PurchaseRights
from paripassu.clauses.record_date_notice import RecordDateNotice
from paripassu.clauses.redemption import RedemptionRight
from paripassu.clauses.redemption_events import RedemptionEvents
from paripassu.clauses.refusal import RefusalDefault
from paripassu.clauses.reserve import ReservedAmount, TradingMarketTrigger
from paripassu.clauses.reset import PriceReset
from paripassu.clauses.share_adjustment import ShareAdjustment
from paripassu.clauses.stock_covenants import StockCovenants
from paripassu.clauses.sufficiency import SufficientShares
from paripassu.clauses.suspension import TradingSuspension
from paripassu.clauses.taxes import Taxes
from paripassu.clauses.transactions import MajorTransaction
from paripassu.clauses.voting import Voting
from paripassu.clauses.warrant import MarketPrice, Warrant
from paripassu.clauses.warrant_covenants import IssueTax, Listing, ParValue, WarrantReserve
from paripassu.clauses.warrant_delivery import WarrantDelivery
from paripassu.clauses.warrant_lots import WarrantLots
from paripassu.clauses.warrant_notices import AdjustmentNotice, EventNotice
from paripassu.clauses.warrant_transactions import WarrantTransaction
from paripassu.clauses.warrant_transfer import WarrantTransfer
from paripassu.clauses.weighted_average import WeightedAveragePrice
from paripassu.values.terms import Clause

LIBRARY: dict[str, type[Clause]] = {
    clause.__name__: clause
    for clause in (
        AccruedPremium, AdjustmentCertificates, AdjustmentNotice, Allocation, AmendedInWriting, AnnouncementLock,
        AvailableShares, BankruptcyEvents, BlackScholesAmount, BuyIn, CalculationDispute, CapBesidePool, CapRemedy,
        CapitalImpairment, CashPayments, CashlessExercise, CertificateRegister, ConsiderationReceived,
        ConversionDefault, CountedIssues, DeemedNotice, Delivery, DilutionAdjustment, DistributedSecurities,
        DistributionOnExercise, Duties, EventNotice, ExchangeCap, Exercise, ExerciseBuyIn, ExerciseByNotice,
        ExerciseDelivery, ExerciseDispute, ExercisePeriod, ExerciseTerm, ExpertDetermination, FixedDates, FixedPrice,
        FractionOfShare, IssueTax, Legends, Liquidation, Listing, LongDefault, MajorTransaction, MajorityInInterest,
        MarketPrice, NetExercise, NewSecurities, NoticeClock, NoticeOfConversion, OptionalConversion, OrganicChange,
        OwnershipLimit, ParValue, Participation, PaymentMethod, PlainPayments, PriceReset, ProportionalAdjustment,
        ProtectiveProvisions, PurchaseRights, Rank, RecordDateNotice, RedemptionEvents, RedemptionRight,
        RefusalDefault, RequiredConversion, ReservedAmount, SecuritiesIssued, Series, ShareAdjustment, SharedLimits,
        SpecialAdjustment, StockCovenants, SufficientShares, SwitchedPrice, Taxes, TradingMarketTrigger,
        TradingSuspension, VariablePrice, Voting, Warrant, WarrantDelivery, WarrantLots, WarrantReserve,
        WarrantTransaction, WarrantTransfer, WeightedAveragePrice,
    )
}
