using Aval.Cash.Rules;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Microsoft.Extensions.Logging;

namespace Aval.Cash;

/// <summary>Looks again at what waits, at the start, every minute and when a day has come: lines that an interrupted call has left, lines whose day was still to come, money
/// whose invoice has come since.</summary>
/// <remarks>Where no journal has grown since the last look it does nothing; a long look ends before its time is over and is gone on with at the next. Several nodes may do it:
/// what one has found, the others find done.</remarks>
sealed class LookAgain(Desk desk, Store store, TimeProvider clock, ILogger<LookAgain> log) : IDayRound, IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>After a look that took longer than this it rests.</summary>
    static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    /// <summary>So many times as long as the look took.</summary>
    const int Rest = 20;

    const int AtOnce = 500;

    readonly SemaphoreSlim one = new(1);

    /// <summary>Of the receipts that wait, at which entry of its root each was looked at last.</summary>
    Dictionary<string, long> looked = new(StringComparer.Ordinal);

    (DateOnly Day, long Entries)? seen;
    DateTimeOffset restsUntil;

    public async Task RunAsync(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            var (day, begun) = ((await desk.CompanyAsync(cancel)).Through, clock.GetTimestamp());
            if (seen?.Day == day && clock.GetUtcNow() < restsUntil) return;
            var entries = await EntriesAsync(cancel);
            if (seen == (day, entries)) return;
            bool GoOn() => clock.GetElapsedTime(begun) < Longest;
            await new LineMatching(store, desk.Directory, (command, _) => SubmitAsync(command, cancel)).LookAgainAsync(GoOn, cancel);
            var waiting = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var status in new[] { MatchStatus.Unexplained, MatchStatus.Proposed }) await ReceiptsAsync(status, waiting, GoOn, cancel);
            var whole = GoOn();
            (seen, looked) = whole ? ((day, entries), waiting) : ((day, -1), looked);
            if (clock.GetElapsedTime(begun) is var took && took > Short) restsUntil = clock.GetUtcNow() + (took * Rest);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Store.IsOfTheStore(e))
        {
            // A defect here concerns what waits, and must not end the server for all.
            log.LogError(e, "What waits could not be looked at again; tried again at the next round");
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    async Task<long> EntriesAsync(CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.EntriesInAllAsync(cancel);
    }

    /// <summary>Receipts that found nothing, or more than one thing, where something has happened at their root since.</summary>
    async Task ReceiptsAsync(MatchStatus status, Dictionary<string, long> waiting, Func<bool> goOn, CancellationToken cancel)
    {
        var (last, naming) = ("", new NamedInvoices(store, desk.Directory));
        while (goOn() && await PageAsync(status, last, cancel) is { Count: > 0 } page)
        {
            foreach (var (number, sequence) in page)
            {
                waiting[number] = sequence;
                if (looked.GetValueOrDefault(number, -1) == sequence || !goOn()) continue;
                if (await new ReceivablesQuery(store).ReceiptAsync(number, cancel) is { Open: > 0 } receipt)
                    await SubmitAsync(new MatchReceipt(number, await naming.InAsync(receipt.Reference, receipt.Payer, receipt.Open, cancel)), cancel);
                looked[number] = sequence;
            }

            last = page[^1].Number;
        }
    }

    async Task<IReadOnlyList<(string Number, long Sequence)>> PageAsync(MatchStatus status, string after, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var found = new List<(string Number, string Root)>();
        await using (var command = reader.Command($"""
            SELECT receipt, root FROM receipt_match WHERE to_sequence IS NULL AND status = @status AND receipt > @after ORDER BY receipt LIMIT {AtOnce}
            """))
        {
            StoreReader.Add(command, "status", Words.Of(status));
            StoreReader.Add(command, "after", after);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) found.Add((rows.GetString(0), rows.GetString(1)));
        }

        var sequences = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var root in found.Select(one => one.Root).Distinct(StringComparer.Ordinal)) sequences[root] = (await reader.RootAsync(root, cancel))?.Sequence ?? 0;
        return [.. found.Select(one => (one.Number, sequences[one.Root]))];
    }

    Task<Answer> SubmitAsync(Command command, CancellationToken cancel) => desk.SubmitAsync(command, Actor.Rule("lookAgain"), low: true, cancel);
}
