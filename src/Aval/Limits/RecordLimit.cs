using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Parties;

namespace Aval.Limits;

/// <summary>A limit as asked for.</summary>
/// <param name="Customer">The payer; with level <c>group</c> the top customer of the group.</param>
/// <param name="Kind">Standing, or temporary with an end.</param>
/// <param name="Limit">none, amount, unlimited or inherit: four different things; an amount of zero is zero.</param>
/// <param name="Amount">In <paramref name="Currency"/>; required exactly when the limit is an amount.</param>
/// <param name="ValidTo">The last good day; required for a temporary limit.</param>
/// <param name="Mode">For a temporary limit, required: whether it replaces the standing one or adds to it.</param>
public sealed record LimitBody(
    string Customer,
    LimitTerm Kind,
    LimitKind Limit,
    Currency Currency,
    DateOnly ValidFrom,
    string Reason,
    decimal? Amount = null,
    DateOnly? ValidTo = null,
    LimitMode? Mode = null,
    LimitLevel Level = LimitLevel.Payer);

/// <summary>Records a limit: approved within the authority of whoever records it, else it waits on the list of credit for another person.</summary>
/// <param name="Asks">It is only asked for: whoever asks has not the right to it.</param>
public sealed record RecordLimit(LimitBody Body, bool Asks = false) : Command
{
    public override string Name => Asks ? "askForLimit" : "recordLimit";
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("customer", Body.Customer) is { } bad) return bad;
        if (string.IsNullOrWhiteSpace(Body.Reason)) return KernelProblems.Invalid("reason", "must say why");
        if (Body.Limit == LimitKind.Amount && Body.Amount is null) return KernelProblems.Invalid("amount", "is required when the limit is an amount");
        if (Body.Limit != LimitKind.Amount && Body.Amount is not null) return KernelProblems.Invalid("amount", "goes with a limit that is an amount only");
        if (Body.Amount is { } amount && (amount < 0 || !Money.TryOf(amount, Body.Currency, out _)))
            return KernelProblems.Invalid("amount", $"must be from 0 to below 10^13 with at most {Body.Currency.Decimals} decimals");
        if (Body.ValidTo < Body.ValidFrom) return KernelProblems.Invalid("validTo", "must not be before validFrom");
        if (Body.Level == LimitLevel.Group && Body.Limit == LimitKind.Inherit) return KernelProblems.Invalid("limit", "a group's limit cannot inherit");
        return Body.Kind switch
        {
            LimitTerm.Standing => Body.Mode is null ? null : KernelProblems.Invalid("mode", "goes with a temporary limit only"),
            LimitTerm.Temporary when Body.ValidTo is null => KernelProblems.Invalid("validTo", "is required for a temporary limit"),
            LimitTerm.Temporary when Body.Mode is null => KernelProblems.Invalid("mode", "is required for a temporary limit"),
            LimitTerm.Temporary when Body is { Mode: LimitMode.Adds, Limit: not LimitKind.Amount } => KernelProblems.Invalid("limit", "must be an amount to be added"),
            LimitTerm.Temporary => null,
        };
    }

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Get<PartiesFacts>().Customers[Body.Customer];
        if (customer.Currency != Body.Currency) return KernelProblems.Invalid("currency", $"must be {customer.Currency}, the credit currency of {customer.Number}");
        if (Body.Level == LimitLevel.Group && customer.Group is { } above && @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(above))
            return LimitProblems.GroupUnknown.With($"{customer.Number} stands below {above}.", "customer");
        var entered = @case.Facts.Get<LimitsFacts>().Of(Body.Customer).Select(limit => limit.Entered).DefaultIfEmpty().Max() + 1;
        var id = $"{Body.Customer}-L{entered}";
        @case.Reason = Body.Reason;
        @case.Name("limit", id, Body.Customer);
        var limit = new Limit(
            id, Body.Customer, Body.Level, Body.Kind, Body.Limit, Body.Currency, Body.Amount is { } amount ? Money.Of(amount, Body.Currency).Minor : null,
            Body.ValidFrom, Body.ValidTo, Body.Mode, Body.Reason, LimitStatus.Approved, entered,
            BegunOn: Body.ValidFrom <= @case.Today ? Body.ValidFrom : null);
        var grant = Asks ? LimitGrant.Exceeded : LimitRequests.GrantOf(@case, limit);
        if (grant == LimitGrant.Alone)
        {
            if (LimitRequests.RefuseOwnCustomer(@case, limit) is { } own) return own;
            @case.Put(LimitsFacts.Table, limit);
            return null;
        }

        @case.Put(LimitsFacts.Table, limit with { Status = LimitStatus.PendingApproval, BegunOn = null });
        LimitRequests.Put(@case, limit, grant);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<LimitBody, LimitAnswer>(
            "/limits", LimitPermissions.RecordLimits, "Records a limit; beyond the caller's authority it waits for another person",
            (body, _) => new RecordLimit(body), (outcome, _) => LimitAnswer.Of(outcome.Row<Limit>()!),
            [PartyProblems.CustomerUnknown, LimitProblems.GroupUnknown, AccessProblems.RolesConflict]);
        api.Post<LimitBody, LimitAnswer>(
            "/limit-requests", LimitPermissions.AskForLimits, "Asks for a limit: it waits on the list of credit for somebody with the authority",
            (body, _) => new RecordLimit(body, Asks: true), (outcome, _) => LimitAnswer.Of(outcome.Row<Limit>()!),
            [PartyProblems.CustomerUnknown, LimitProblems.GroupUnknown]);
        api.Get<IReadOnlyList<LimitAnswer>>(
            "/customers/{number}/limits", PartyPermissions.Read, "All limits ever recorded for a customer, in order of entry",
            async (request, cancel) => await request.Desk.ViewAsync(request.Route("number"), cancel) is { } view
                ? view.Root.Get<LimitsFacts>().Of(request.Route("number")).Select(LimitAnswer.Of).ToArray()
                : PartyProblems.CustomerUnknown.With($"customer {request.Route("number")} is not known.", "number"),
            problems: [PartyProblems.CustomerUnknown]);
    }
}

/// <summary>A recorded limit, as answered.</summary>
public sealed record LimitAnswer(
    string Id, string Customer, LimitLevel Level, LimitTerm Kind, LimitKind Limit, decimal? Amount, Currency Currency, DateOnly ValidFrom, DateOnly? ValidTo, LimitMode? Mode,
    string Reason, LimitStatus Status)
{
    public static LimitAnswer Of(Limit limit) => new(
        limit.Id, limit.Customer, limit.Level, limit.Term, limit.Kind, limit.Amount is { } minor ? new Money(minor, limit.Currency).Major : null, limit.Currency,
        limit.ValidFrom, limit.ValidTo, limit.Mode, limit.Reason, limit.Status);
}

/// <summary>Limits on payers and groups.</summary>
public sealed class LimitsCapability : ICapability
{
    public string Name => "Limits";
    public IReadOnlyList<Table> Tables { get; } = [LimitsFacts.Table];
    public IFactsSlice EmptyFacts => LimitsFacts.Empty;
    public IDue Due { get; } = new LimitsDue();
    public IReadOnlyList<ProblemKind> Problems => LimitProblems.All;
    public void Map(Api api)
    {
        RecordLimit.Map(api);
        ApproveLimit.Map(api);
        AnswerRiskClass.Map(api);
    }
}
