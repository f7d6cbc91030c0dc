using Aval.Checks.Rules.Options;
using Aval.Cover.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Blocks;

/// <summary>A decision about a block: of a kind with its parameters, or one of the order's options.
/// Amounts are in the payer's credit currency, those of a limit in its own.</summary>
/// <param name="Decision">The kind; left out where an option is taken.</param>
/// <param name="Option">Which of the order's current options is taken, from 1 in their order; it brings the kind and the parameters that are not sent.</param>
/// <param name="Expect">What the option was when it was chosen; refused when it is something else now.</param>
/// <param name="Reason">Why; required.</param>
/// <param name="Basis">On which facts and findings; what the check found is kept in any case.</param>
/// <param name="Amount">Of a part, deposit, payment, guarantee or limit; of a release under conditions its cap;
/// of a reduced order what stays to come, in the order's currency.</param>
/// <param name="Percent">Of the order, in place of an amount.</param>
/// <param name="Lines">What goes first, or of a reduced order what stays to come; lines not named come to nothing.</param>
/// <param name="Until">The last good day; of maintainBlock, reviewDisputes and waitForPayment at most 90 calendar days after the business date.</param>
/// <param name="MustHappen">Why the block is maintained: what must happen first.</param>
/// <param name="Invoices">To be paid.</param>
/// <param name="Kind">Of guarantee: one of this kind alone meets it.</param>
/// <param name="To">The role or function that is asked.</param>
/// <param name="Owner">Who owns the disputes.</param>
/// <param name="Schedule">What the customer pays when; kept with the decision.</param>
/// <param name="Stages">Each shipped after the one before is paid; they come to all that is still to come.</param>
/// <param name="Counterpart">What the customer gives in return.</param>
/// <param name="Monitoring">What is watched, and by whom.</param>
/// <param name="Dissent">Who thinks otherwise, and why.</param>
/// <param name="AtExpiry">What happens when the date passes and the conditions do not hold; escalate when absent, never a release.</param>
/// <param name="Level">The customer whose limit is meant; when absent the one whose limit stands in the way, else the payer.</param>
/// <param name="LimitLevel">Its own limit or the one that it shares with its group; needed only of a payer that has both.</param>
public sealed record DecisionBody(
    DecisionKind? Decision = null,
    int? Option = null,
    ExpectedOption? Expect = null,
    string? Reason = null,
    string? Basis = null,
    decimal? Amount = null,
    decimal? Percent = null,
    IReadOnlyList<DecidedLine>? Lines = null,
    DateOnly? Until = null,
    string? MustHappen = null,
    IReadOnlyList<string>? Invoices = null,
    IReadOnlyList<ConditionBody>? Conditions = null,
    GuaranteeKind? Kind = null,
    string? To = null,
    string? Question = null,
    IReadOnlyList<string>? Disputes = null,
    string? Owner = null,
    IReadOnlyList<StageBody>? Schedule = null,
    IReadOnlyList<StageBody>? Stages = null,
    string? PaymentTerms = null,
    string? Counterpart = null,
    string? Monitoring = null,
    string? Dissent = null,
    AtExpiry? AtExpiry = null,
    string? Level = null,
    LimitLevel? LimitLevel = null);

/// <param name="Amount">In the option's own currency; not compared when absent.</param>
public sealed record ExpectedOption(OptionAction Action, decimal? Amount = null);

/// <param name="Invoice">Of invoicePaid.</param>
/// <param name="Amount">Of depositReceived, guaranteeRegistered and amountCap, in the payer's credit currency.</param>
/// <param name="OlderThan">Of disputesQualified: calendar days.</param>
/// <param name="Date">Of validUntil: the last good day.</param>
public sealed record ConditionBody(ConditionKind Kind, string? Invoice = null, decimal? Amount = null, int? OlderThan = null, DateOnly? Date = null);

/// <param name="Amount">In the payer's credit currency.</param>
public sealed record StageBody(DateOnly Date, decimal Amount);
