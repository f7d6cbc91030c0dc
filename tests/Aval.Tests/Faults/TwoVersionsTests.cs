using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Faults;

/// <summary>A rolling upgrade: the version before this one and this one serve one PostgreSQL at the same time, and clients notice nothing.</summary>
public sealed class TwoVersionsTests(PostgresCluster cluster)
{
    const string Script = "tests/previous.sh";
    const int NoHistory = 3;
    const int Steps = 4;

    [Fact]
    public async Task The_version_before_and_this_one_side_by_side()
    {
        var before = Before();
        var options = RunningServer.NewStore(cluster);
        using var traders = new Traders();
        // The older one has made the store and filled it before the newer one brings its schema along.
        var (older, newer) = (await ServedProcess.StartAsync(options, before), default(ServedProcess));
        try
        {
            traders.Addresses = [older.Address];
            await FaultRun.TradeThroughAsync(traders, Steps, async step =>
            {
                // The newer joins; the older is ended by force and comes again beside it; the newer likewise; the older is gone.
                if (step is 1) older.Dispose();
                if (step is 3) older.Kill();
                if (step is 2) newer!.Dispose();
                if (step is 0 or 2) newer = await ServedProcess.StartAsync(options);
                if (step is 1) older = await ServedProcess.StartAsync(options, before);
                traders.Addresses = step is 3 ? [newer!.Address] : [older.Address, newer!.Address];
            });
        }
        finally
        {
            older.Dispose();
            newer?.Dispose();
        }

        await FaultRun.CloseAsync(options, traders, $"two versions side by side, {Path.GetFileName(Path.GetDirectoryName(before))![..7]} before this one");
        Directory.Delete(options.Data, recursive: true);
    }

    /// <summary>The folder of the host of the version before this one; building it takes minutes.</summary>
    static string Before()
    {
        var commit = Environment.GetEnvironmentVariable("AVAL_PREVIOUS");
        if (!FaultRun.Long && commit is null) Assert.Skip("building the version before this one takes minutes: the long form does, or AVAL_PREVIOUS names a commit");
        var (code, folder, errors) = Repository.Run(Path.Combine(Repository.Root, Script), commit is null ? [] : [commit]);
        if (code == NoHistory) Assert.Skip(errors.Trim());
        return code == 0 ? folder.Trim() : throw new InvalidOperationException($"{Script}: {errors}");
    }
}
