using Aval.Kernel;
using Aval.Receivables;

namespace Aval.Tests.Histories;

/// <summary>Does a history in a shop, one deed after the other, and proves the journal at its end.</summary>
static class Course
{
    /// <param name="then">What is looked at after each command: it, its answer, and everything as it stands now.</param>
    /// <param name="keyed">True when each command carries an idempotency key of its own.</param>
    public static async Task RunAsync(Shop shop, IEnumerable<Deed> history, Func<Command, Answer, Picture, Task> then, bool keyed = false)
    {
        foreach (var command in Cast.Opening)
        {
            var answer = await shop.DoAsync(command);
            Assert.True(answer.Problem is null, answer.Problem?.ToString());
            await then(command, answer, await shop.PictureAsync());
        }

        var script = new Script(new ReceivablesQuery(shop.Store));
        var now = await shop.PictureAsync();
        foreach (var (at, deed) in history.Index())
        {
            if (await script.CommandAsync(deed, now) is not { } command) continue;
            if (keyed) command = command with { Key = Claim.OfKey(Shop.Of(command), command.Name, $"key-{at}", at) };
            var answer = await shop.DoAsync(command);
            Assert.False(answer.Problem?.Kind == KernelProblems.Internal, $"{deed}: {command} failed");
            now = await shop.PictureAsync();
            await then(command, answer, now);
        }

        await shop.ProveAsync();
    }

    /// <summary>Does groups of deeds, those of a group all at once: what each is to do was chosen before any of them was done.</summary>
    public static async Task RunAtOnceAsync(Shop shop, IEnumerable<Deed[]> groups)
    {
        var script = new Script(new ReceivablesQuery(shop.Store));
        foreach (var command in Cast.Opening) await shop.DoAsync(command);
        foreach (var group in groups)
        {
            var (now, commands) = (await shop.PictureAsync(), new List<Command>());
            foreach (var deed in group)
                if (await script.CommandAsync(deed, now) is { } command) commands.Add(command);
            shop.Clock.Tick();
            foreach (var answer in await Task.WhenAll(commands.Select((command, n) => shop.Nodes[n % shop.Nodes.Count].Desk.SubmitAsync(command, Shop.Of(command)))))
                Assert.False(answer.Problem?.Kind == KernelProblems.Internal, answer.Problem?.ToString());
        }

        await shop.ProveAsync();
    }
}
