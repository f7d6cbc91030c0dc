using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Measures.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Measures;

/// <summary>A standing condition as decided.</summary>
/// <param name="Number">Unique in the company.</param>
/// <param name="To">The last day on which it holds; it is reviewed then.</param>
/// <param name="From">The first day on which it holds; the business date when absent.</param>
/// <param name="Percent">For depositPercent, required: of the order, paid in advance; above 0, at most 100.</param>
/// <param name="Amount">For orderCap, exposureCap and stagedInvoicing, required: in the payer's credit currency; zero lets nothing pass.</param>
/// <param name="PaymentTerms">For termsAtMost, required: the longest accepted, such as NET14.</param>
public sealed record MeasureBody(
    string Number, MeasureKind Kind, DateOnly To, string Reason, DateOnly? From = null, decimal? Percent = null, decimal? Amount = null, string? PaymentTerms = null);

/// <summary>Lays a standing condition on the customer's payer: every check applies it while it holds.</summary>
public sealed record TakeMeasure(string Customer, MeasureBody Body) : Command
{
    public const string Scope = "measure";

    public override string Name => "takeMeasure";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, new { Customer, Body }, Customer)];
    public override Subject Subject => Subject.Party(Customer, PartyProblems.CustomerUnknown);

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("number", Body.Number) is { } bad) return bad;
        if (string.IsNullOrWhiteSpace(Body.Reason)) return Invalid("reason", "must say why");
        if (Body.To < Body.From) return Invalid("to", "must not be before from");
        var (percent, amount, terms) = Body.Kind switch
        {
            MeasureKind.DepositPercent => (true, false, false),
            MeasureKind.TermsAtMost => (false, false, true),
            MeasureKind.OrderCap or MeasureKind.ExposureCap or MeasureKind.StagedInvoicing => (false, true, false),
        };
        if (percent != Body.Percent is not null) return Wanted("percent", percent);
        if (amount != Body.Amount is not null) return Wanted("amount", amount);
        if (terms != Body.PaymentTerms is not null) return Wanted("paymentTerms", terms);
        if (Body.Percent is <= 0 or > 100 || (Body.Percent is { } share && decimal.Round(share, 4) != share))
            return Invalid("percent", "must be above 0 and at most 100, with at most 4 decimals");
        if (terms && !PaymentTerms.TryParse(Body.PaymentTerms, out _)) return Invalid("paymentTerms", "must be terms such as NET14, EOM15, PREPAID, COD or 2/10 NET30");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        var parties = @case.Facts.Get<PartiesFacts>();
        if (parties.PayerOf(parties.Customers[Customer]) is not { } payer)
            return PartyProblems.PayerMissing.With($"{parties.Customers[Customer].Payer}, the payer of {Customer}, has not been entered.", "number");
        long? minor = null;
        if (Body.Amount is { } amount)
        {
            if (amount < 0 || !Money.TryOf(amount, payer.Currency, out var money))
                return Invalid("amount", $"must be from 0 to below 10^13 with at most {payer.Currency.Decimals} decimals in {payer.Currency}");
            minor = money.Minor;
        }

        var from = Body.From ?? @case.Today;
        if (Body.To < from) return Invalid("to", $"must not be before {from:yyyy-MM-dd}, on which it would begin");
        @case.Reason = Body.Reason;
        @case.ClaimParty = payer.Number;
        @case.Put(MeasuresFacts.Table, new AccountMeasure(
            Body.Number, Customer, payer.Number, Body.Kind, Body.Percent, minor, payer.Currency,
            PaymentTerms.TryParse(Body.PaymentTerms, out var terms) ? terms.ToString() : null, from, Body.To, Body.Reason,
            @case.Facts.Get<MeasuresFacts>().Of(payer.Number).Select(measure => measure.Entered).DefaultIfEmpty().Max() + 1,
            BegunOn: from <= @case.Today ? from : null, ExpiredOn: Body.To < @case.Today ? Body.To.AddDays(1) : null));
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<MeasureBody, MeasureAnswer>(
            "/customers/{number}/measures", MeasurePermissions.TakeMeasures, "Lays a standing condition on the customer's payer",
            (body, request) => new TakeMeasure(request.Route("number"), body), (outcome, _) => MeasureAnswer.Of(outcome.Row<AccountMeasure>()!),
            [PartyProblems.CustomerUnknown, PartyProblems.PayerMissing]);
        api.Get<IReadOnlyList<MeasureAnswer>>(
            "/customers/{number}/measures", PartyPermissions.Read, "All measures ever taken on the customer's payer, in order of entry",
            async (request, cancel) => await request.Desk.ViewAsync(request.Route("number"), cancel) is { } view
                && view.Root.Find<Customer>(request.Route("number")) is { } customer
                ? await request.Desk.SeesAsync(customer.PayerNumber, cancel) ? view.Root.Get<MeasuresFacts>().Of(customer.PayerNumber).Select(MeasureAnswer.Of).ToArray() : []
                : PartyProblems.CustomerUnknown.With($"customer {request.Route("number")} is not known.", "number"),
            problems: [PartyProblems.CustomerUnknown]);
        api.Get<MeasureAnswer>(
            "/measures/{number}", PartyPermissions.Read, "A measure",
            async (request, cancel) => await request.Desk.Directory.PartyOfAsync(Scope, request.Route("number"), cancel) is { } party
                && await request.Desk.ViewAsync(party, cancel) is { } view && view.Root.Find<AccountMeasure>(request.Route("number")) is { } measure
                    ? MeasureAnswer.Of(measure)
                    : MeasureProblems.MeasureUnknown.With($"Measure {request.Route("number")} is not known.", "number"),
            problems: [MeasureProblems.MeasureUnknown]);
    }

    static Problem Wanted(string field, bool wanted) => Invalid(field, wanted ? (Wording)"is required for this kind" : "does not go with this kind");

    static Problem Invalid(string field, Wording rule) => KernelProblems.FieldInvalid.With($"{field} {rule}.", field);
}

/// <summary>A measure as answered.</summary>
/// <param name="Payer">On whose orders it lies.</param>
/// <param name="Amount">In <paramref name="Currency"/>, the payer's credit currency.</param>
/// <param name="EndedOn">The day on which somebody ended or reviewed it; null while nobody has.</param>
public sealed record MeasureAnswer(
    string Number, string Customer, string Payer, MeasureKind Kind, decimal? Percent, decimal? Amount, Currency Currency, string? PaymentTerms, DateOnly From, DateOnly To,
    string Reason, DateOnly? EndedOn, string? EndReason)
{
    public static MeasureAnswer Of(AccountMeasure measure) => new(
        measure.Number, measure.Customer, measure.Payer, measure.Kind, measure.Percent, measure.Amount is { } minor ? new Money(minor, measure.Currency).Major : null,
        measure.Currency, measure.PaymentTerms, measure.From, measure.To, measure.Reason, measure.EndedOn, measure.EndReason);
}
