using System.Globalization;
using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Microsoft.Extensions.Logging;

namespace Aval.Persons;

/// <summary>Erases once a business day what its rule says is over; without a rule nothing goes by itself. The entries of the erasures name it as <c>rule:retention</c>.</summary>
/// <remarks>Of several nodes the leader does it. Interrupted, it begins again: what is erased is passed over.</remarks>
public sealed class Retention(Desk desk, Store store, ServerOptions options, ILogger<Retention> log) : IDayRound
{
    const int RowsAtOnce = 200;

    DateOnly? done;

    public async Task RunAsync(CancellationToken cancel)
    {
        var company = await desk.CompanyAsync(cancel);
        if (options.Keeps.Count == 0 || done == company.Through) return;
        var texts = 0;
        foreach (var rule in options.Keeps)
        {
            var before = company.Through.AddMonths(-rule.Months);
            var why = string.Create(CultureInfo.InvariantCulture, $"retention: {Words.Of(rule.What)} {rule.Months} months");
            texts += rule.What switch
            {
                Kept.Documents => await DocumentsAsync(before, why, cancel),
                Kept.Users => await UsersAsync(company, before, why, cancel),
                Kept.Customers => await CustomersAsync(before, why, cancel),
                Kept.AccessLog => await new UserTraces(store).ForgetLogAsync(options.Clock.GetUtcNow(), rule.Months, cancel),
            };
        }

        done = company.Through;
        if (texts > 0) log.LogInformation("{Count} texts and lines whose time was over are erased", texts);
    }

    async Task<int> DocumentsAsync(DateOnly before, string why, CancellationToken cancel)
    {
        var texts = 0;
        foreach (var table in store.Composition.TablesInOrder)
            if (table.MayBeClosed && table.Columns.Any(column => column.Personal is not null)) texts += await ClosedAsync(table, before, why, cancel);
        return texts;
    }

    async Task<int> ClosedAsync(Table table, DateOnly before, string why, CancellationToken cancel)
    {
        var (texts, after) = (0, (Root: "", Key: ""));
        while (true)
        {
            IReadOnlyList<(string Root, string Key)> rows;
            await using (var reader = await store.SnapshotAsync(cancel))
                rows = await new PersonSearch(store.Composition, reader).ClosedBeforeAsync(table, before, after, RowsAtOnce, cancel);
            texts += await EraseAsync([.. rows.Select(row => (table, row.Root, row.Key))], why, cancel);
            if (rows.Count < RowsAtOnce) return texts;
            after = rows[^1];
        }
    }

    async Task<int> UsersAsync(Facts company, DateOnly before, string why, CancellationToken cancel)
    {
        var former = company.Get<AccessFacts>().Users.Values.Where(user => user.DisabledAt is { } at && DateOnly.FromDateTime(at.UtcDateTime) < before)
            .OrderBy(user => user.Name, StringComparer.Ordinal).ToList();
        foreach (var user in former) await new UserTraces(store).ForgetAsync(user.Name, cancel);
        return await EraseAsync([.. former.Select(user => ((Table)User.Table, Facts.Company, user.Name))], why, cancel);
    }

    async Task<int> CustomersAsync(DateOnly before, string why, CancellationToken cancel)
    {
        var ended = new List<(Table, string, string)>();
        await using (var reader = await store.SnapshotAsync(cancel))
            foreach (var root in await reader.RootsAsync(cancel))
                foreach (var row in await reader.CurrentAsync(PartiesFacts.Table, root, cancel))
                    if (row is Customer { InactiveSince: { } since } customer && since < before) ended.Add((PartiesFacts.Table, root, customer.Number));
        return await EraseAsync(ended, why, cancel);
    }

    async Task<int> EraseAsync(IReadOnlyList<(Table Table, string Root, string Key)> rows, string why, CancellationToken cancel)
    {
        var texts = 0;
        foreach (var root in rows.GroupBy(row => row.Root, StringComparer.Ordinal))
        {
            var ids = new List<TextId>();
            await using (var reader = await store.SnapshotAsync(cancel))
                foreach (var (table, at, key) in root) ids.AddRange(await new PersonSearch(store.Composition, reader).OfRowAsync(table, at, key, cancel));
            if (ids.Count == 0) continue;
            var erased = await new Erasure(desk, store).EraseAsync(root.Key, ids, Actor.Rule("retention"), cancel, why);
            if (erased.Problem is { } problem) log.LogWarning("What is over at {Root} could not be erased: {Problem}", root.Key, problem);
            texts += erased.Texts;
        }

        return texts;
    }
}
