using Microsoft.Extensions.Logging;

namespace Aval.Kernel.Storage;

/// <summary>Whether this node leads: of all nodes on one store one does the work that the clock asks for, and another takes over within ten seconds of its end.</summary>
/// <remarks>A node that was frozen may go on for a moment beside its successor: what they do changes nothing when it is done twice (docs/operating/several-nodes.md).</remarks>
public sealed class Leader(Store store, ILogger<Leader> log) : Recurring(TimeSpan.FromSeconds(1), log)
{
    Lease? lease;

    public bool Leads => Volatile.Read(ref lease) is not null;

    /// <summary>Asks once before anything else starts, so that a node that is alone begins its work at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TriedAsync(Purpose, TurnAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await EndAsync();
    }

    protected override string Purpose => "to ask who leads";

    protected override async Task TurnAsync(CancellationToken cancel)
    {
        try
        {
            if (lease is { } held)
            {
                if (await held.RenewAsync(cancel)) return;
                log.LogWarning("This node leads no more: the database did not renew its turn");
                await EndAsync();
            }

            Volatile.Write(ref lease, await store.TryLeadAsync(cancel));
        }
        catch (Exception e) when (Store.IsOfTheStore(e))
        {
            log.LogDebug(e, "Nobody could be asked who leads");
        }
    }

    async Task EndAsync()
    {
        if (Interlocked.Exchange(ref lease, null) is { } held) await held.DisposeAsync();
    }
}
