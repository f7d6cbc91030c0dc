using System.Globalization;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Rates;

namespace Aval.Disputes;

/// <summary>Which disputes are asked for; null is all.</summary>
/// <param name="Text">Part of the number, or of the invoice's.</param>
/// <param name="Person">Who has taken it.</param>
/// <param name="Standing">True for those that stand, false for those that are over.</param>
/// <param name="Late">Only those whose next step is late (<see cref="DisputeClock"/>).</param>
public sealed record DisputeFilter(
    string? Text = null, IReadOnlyList<string>? Payers = null, DisputeStatus? Status = null, DisputeReason? Reason = null, OwnerFunction? Owner = null, string? Person = null,
    bool? Standing = null, bool Late = false);

/// <summary>Disputes of one status.</summary>
/// <param name="Amount">In the company's currency; what has no rate is left out.</param>
public sealed record DisputeSum(DisputeStatus Status, int Count, int Late, Money Amount);

/// <summary>Finds disputes of all payers, filtered, ordered and cut into pages by the database.</summary>
public static class DisputeSearch
{
    /// <summary>What <see cref="DisputeClock"/> calls late, as the database can tell it without counting days.</summary>
    const string IsLate = """
        (live AND (raised < @resolve_before OR asked_by < @today OR (status = 'creditNoteDue' AND coalesce(qualified_on, raised) < @credit_before)
            OR (legitimacy = 'unqualified' AND raised < @qualify_before) OR (person IS NULL AND status <> 'creditNoteDue' AND raised < @own_before)))
        """;

    /// <summary>Those that are late come first, of these the oldest; what is over stands behind.</summary>
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["invoice"] = "invoice", ["payer"] = "payer", ["raised"] = "raised", ["amount"] = Sorting.Amount + "amount", ["reason"] = "reason",
            ["owner"] = "owner", ["person"] = "person", ["stage"] = "status", ["ended"] = "ended",
        },
        $"CASE WHEN {IsLate} THEN 0 WHEN live THEN 1 ELSE 2 END, CASE WHEN live THEN raised END, raised DESC", "number, root");

    /// <summary>Those whose number or invoice contains the text; the last raised first.</summary>
    public static async Task<(IReadOnlyList<Dispute> Found, int Total)> FindAsync(Store store, string text, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await new Wanted(reader).Containing(text, "number", "invoice").PageAsync(DisputesFacts.Table, "raised DESC, number, root", 0, most, cancel);
    }

    /// <param name="company">With the policy whose clock it is, and the rates of today.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the late ones first.</param>
    public static async Task<(IReadOnlyList<Dispute> Found, int Total)> PageAsync(
        Store store, DisputeFilter filter, Facts company, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var weights = Weights.Of(company);
        return await Of(reader, filter, company)
            .PageAsync(DisputesFacts.Table, Sorting.Sql(by, descending, amount => weights.Compared(amount, "currency")), skip, most, cancel);
    }

    /// <summary>How many there are of each status, and what they come to.</summary>
    public static async Task<IReadOnlyList<DisputeSum>> SumsAsync(Store store, DisputeFilter filter, Facts company, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var weights = Weights.Of(company);
        await using var command = Of(reader, filter, company).Asking(where => $"""
            SELECT status, count(*), sum(CASE WHEN {IsLate} THEN 1 ELSE 0 END), CAST(sum({weights.Added("amount", "currency")}) AS BIGINT)
            FROM dispute WHERE {where} GROUP BY status
            """);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<DisputeSum>();
        while (await rows.ReadAsync(cancel))
            sums.Add(new DisputeSum(
                Words.Parse<DisputeStatus>(rows.GetString(0)), rows.GetInt32(1), Convert.ToInt32(rows.GetValue(2), CultureInfo.InvariantCulture),
                new Money(rows.GetInt64(3), weights.Home)));
        return [.. sums.OrderBy(sum => sum.Status)];
    }

    static Wanted Of(StoreReader reader, DisputeFilter filter, Facts company)
    {
        var (handling, today) = (company.Get<PoliciesFacts>().Current.Policy.DisputesAsked, company.Through);
        return new Wanted(reader)
            .Containing(filter.Text, "number", "invoice").Among("payer", filter.Payers).Is("status", filter.Status).Is("reason", filter.Reason).Is("owner", filter.Owner)
            .And("person = @person", "person", filter.Person).And("live", filter.Standing == true).And("NOT live", filter.Standing == false).And(IsLate, filter.Late)
            .With("today", today).With("resolve_before", today.AddDays(-handling.ResolveWithinDays)).With("credit_before", today.AddDays(-handling.CreditNoteWithinDays))
            .With("qualify_before", today.AddDays(-handling.QualifyWithinDays)).With("own_before", today.AddDays(-handling.OwnWithinDays));
    }
}
