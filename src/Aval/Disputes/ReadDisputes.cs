using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Disputes;

/// <summary>A dispute as answered; amounts in the invoice's currency.</summary>
/// <param name="Original">What was disputed at first.</param>
/// <param name="QualifiedOn">The day on which somebody first said whose fault it is.</param>
/// <param name="Ended">The day on which it was rejected or closed; null while it stands.</param>
/// <param name="ProposedLegitimacy">A qualification that waits for approval and has no effect yet; null when none does.</param>
/// <param name="ProposedAmount">What it would be about, where only more of the same fault waits for approval; null otherwise.</param>
/// <param name="Clock">What is to be done next, and by when; null once it is over.</param>
public sealed record DisputeAnswer(
    string Number, string Invoice, string Payer, string Customer, decimal Amount, decimal Original, Currency Currency, DisputeReason Reason, Legitimacy Legitimacy,
    OwnerFunction Owner, string? Person, DisputeStatus Status, DateOnly Raised, DateOnly DueDate, DateOnly? QualifiedOn, DateOnly? Ended, string? Note, string? Evidence,
    string? PreventedBy, DisputeClock? Clock, Legitimacy? ProposedLegitimacy, decimal? ProposedAmount)
{
    /// <param name="company">With the policy whose clock it is.</param>
    public static DisputeAnswer Of(Dispute dispute, Facts company) => new(
        dispute.Number, dispute.Invoice, dispute.Payer, dispute.Customer, new Money(dispute.Amount, dispute.Currency).Major,
        new Money(dispute.Original, dispute.Currency).Major, dispute.Currency, dispute.Reason, dispute.Legitimacy, dispute.Owner, dispute.Person, dispute.Status,
        dispute.Raised, dispute.DueDate, dispute.QualifiedOn, dispute.Ended, dispute.Note, dispute.Evidence, dispute.PreventedBy,
        DisputeClock.Of(dispute, company.Get<PoliciesFacts>().Current.Policy.DisputesAsked, company.Through),
        dispute.ProposedLegitimacy, dispute.ProposedAmount is { } more ? new Money(more, dispute.Currency).Major : null);
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record DisputesAnswer(IReadOnlyList<DisputeAnswer> Disputes, string? Next);

/// <summary>Reads disputes: one, and the list, those raised first before others.</summary>
static class ReadDisputes
{
    internal static void Map(Api api)
    {
        api.Get<DisputeAnswer>(
            "/disputes/{number}", DisputePermissions.Read, "A dispute",
            async (request, cancel) =>
            {
                if (await FindAsync(request, request.Route("number"), cancel) is not { } dispute)
                    return DisputeProblems.DisputeUnknown.With($"Dispute {request.Route("number")} is not known.", "number");
                request.ShowEdition(DisputesFacts.Table, dispute);
                return DisputeAnswer.Of(dispute, await request.Desk.CompanyAsync(cancel));
            },
            problems: [DisputeProblems.DisputeUnknown]);
        api.Get<DisputesAnswer>(
            "/disputes", DisputePermissions.Read, "Disputes, those raised first before others",
            async (request, cancel) =>
            {
                var asked = DayPage.Of(request);
                if (asked.Value is not { } page) return asked.Problem!;
                var disputes = await PageAsync(request, page, cancel);
                var company = await request.Desk.CompanyAsync(cancel);
                return new DisputesAnswer(
                    [.. disputes.Take(page.Limit).Select(dispute => DisputeAnswer.Of(dispute, company))], page.Next(disputes, dispute => (dispute.Raised, dispute.Number)));
            },
            [
                new("status", typeof(DisputeStatus), "One status; all when absent."), new("standing", typeof(bool), "True for those that stand, false for those that are over."),
                new("payer", typeof(string), "One payer; all when absent."), new("owner", typeof(OwnerFunction), "One owner function; all when absent."),
                .. DayPage.Fields("disputes"),
            ]);
    }

    public static async Task<Dispute?> FindAsync(ApiRequest request, string number, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return (Dispute?)await reader.FindAsync(DisputesFacts.Table, RecordDispute.Scope, number, number, cancel);
    }

    static async Task<IReadOnlyList<Dispute>> PageAsync(ApiRequest request, DayPage page, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var wanted = new List<string> { "to_sequence IS NULL" };
        await using var command = reader.Command("");
        void Only(string column, string? value)
        {
            if (value is null) return;
            wanted.Add($"{column} = @{column}");
            StoreReader.Add(command, column, value);
        }

        Only("payer", request.Query<string>("payer"));
        Only("status", request.Query<DisputeStatus?>("status") is { } status ? Words.Of(status) : null);
        Only("owner", request.Query<OwnerFunction?>("owner") is { } owner ? Words.Of(owner) : null);
        if (request.Query<bool?>("standing") is { } standing) wanted.Add(standing ? "live" : "NOT live");
        if (page.After is var (raised, last))
        {
            wanted.Add("(raised > @raised OR (raised = @raised AND number > @number))");
            StoreReader.Add(command, "raised", reader.DateParameter(raised));
            StoreReader.Add(command, "number", last);
        }

        StoreReader.Add(command, "limit", page.Limit + 1);
        reader.Say(command, $"SELECT {DisputesFacts.Table.ColumnList} FROM dispute WHERE {string.Join(" AND ", wanted)} ORDER BY raised, number LIMIT @limit");
        return [.. (await reader.RowsAsync(command, DisputesFacts.Table, cancel)).Cast<Dispute>()];
    }
}
