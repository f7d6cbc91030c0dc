using Aval.Decisions;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Outcomes.Rules;

namespace Aval.Outcomes;

/// <summary>How the decisions of a period have turned out: all of them, and by what they were.</summary>
/// <remarks>The rows of each group are at <c>/decisions/outcomes</c>, with its name as the filter.</remarks>
public sealed record OutcomeSums(
    DateOnly From, DateOnly To, Currency Currency, OutcomeGroup All, IReadOnlyList<OutcomeGroup> ByKind, IReadOnlyList<OutcomeGroup> ByRole, IReadOnlyList<OutcomeGroup> ByCause);

/// <summary>Adds up what decisions have come to.</summary>
public static class SumOutcomes
{
    internal static void Map(Api api) => api.Get<OutcomeSums>(
        "/decisions/outcomes/summary", OutcomePermissions.Read, "How the decisions of a period turned out, by kind, by the role that decided and by cause",
        async (request, cancel) =>
        {
            var company = await request.Desk.CompanyAsync(cancel);
            var filter = AskedDecisions.Of(request, company.Through);
            if (filter.Problem is { } problem) return problem;
            await using var reader = await request.Store.LongSnapshotAsync(cancel);
            return await OfAsync(new DecisionLedger(reader, company), filter.Value!, cancel);
        },
        AskedDecisions.Fields);

    public static async Task<OutcomeSums> OfAsync(DecisionLedger ledger, DecisionFilter filter, CancellationToken cancel)
    {
        var all = new OutcomeSum(null);
        Dictionary<string, OutcomeSum> kinds = new(StringComparer.Ordinal), roles = new(StringComparer.Ordinal), causes = new(StringComparer.Ordinal);
        await ledger.EachAsync(filter, outcome =>
        {
            all.Add(outcome);
            Of(kinds, Words.Of(outcome.Decision.Kind)).Add(outcome);
            Of(roles, outcome.Decision.Role ?? "").Add(outcome);
            Of(causes, outcome.Decision.Case?.Cause ?? "").Add(outcome);
        }, cancel);
        return new OutcomeSums(filter.From, filter.To, ledger.Currency, all.Group(), Groups(kinds), Groups(roles), Groups(causes));
    }

    static OutcomeSum Of(Dictionary<string, OutcomeSum> sums, string name)
    {
        if (!sums.TryGetValue(name, out var sum)) sums[name] = sum = new OutcomeSum(name.Length == 0 ? null : name);
        return sum;
    }

    /// <summary>The most decisions first.</summary>
    static IReadOnlyList<OutcomeGroup> Groups(Dictionary<string, OutcomeSum> sums) =>
        [.. sums.Values.Select(sum => sum.Group()).OrderByDescending(group => group.Decisions).ThenBy(group => group.Name, StringComparer.Ordinal)];
}
