using Aval.Kernel;

namespace Aval.Import;

/// <summary>Puts commands into the Desk's queues in their order, a bounded number ahead of their answers.</summary>
/// <param name="most">Commands without an answer at a time.</param>
/// <param name="answered">Told of each answer, at any time and by any thread, but one at a time.</param>
sealed class Submission(Desk desk, int most, Action<Item, Answer> answered) : IAsyncDisposable
{
    /// <summary>Some full batches, so that the Desk never waits for files, and far below what its queues take.</summary>
    public const int Many = 2_000;

    /// <summary>For what moves parties between roots: after a move the Desk looks again whose roots are whose, for everything that waits.</summary>
    public const int Few = 32;

    readonly SemaphoreSlim room = new(most);
    readonly Lock gate = new();
    Exception? failure;

    public async Task AddAsync(Item item, CancellationToken cancel)
    {
        if (failure is not null) throw failure;
        await room.WaitAsync(cancel);
        _ = FinishAsync(item, await desk.EnqueueAsync(item.Command!, Kind.Importer, CancellationToken.None));
    }

    /// <summary>Waits until everything has its answer.</summary>
    public async Task DrainAsync()
    {
        await EmptyAsync();
        room.Release(most);
        if (failure is not null) throw failure;
    }

    /// <summary>Waits for the answers that are to come, whatever they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await EmptyAsync();
        room.Dispose();
    }

    async Task EmptyAsync()
    {
        for (var free = 0; free < most; free++) await room.WaitAsync();
    }

    async Task FinishAsync(Item item, Task<Answer> answer)
    {
        try
        {
            var given = await answer;
            lock (gate) answered(item, given);
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            room.Release();
        }
    }
}

/// <summary>The store did not take a command for a reason that lies in the machine; what was taken stays, and the same call goes on from there.</summary>
public sealed class FilesStoppedException(string message) : Exception(message);
