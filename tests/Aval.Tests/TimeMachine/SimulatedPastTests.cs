using Aval.Import;
using Aval.Policies.Rules;
using Aval.Simulation;
using Aval.Tests.Import;
using Aval.Tests.Infrastructure;
using Aval.TimeMachine;

namespace Aval.Tests.TimeMachine;

/// <summary>Whole journals that a replay has written, and the command line that tries a policy on them.</summary>
public sealed class SimulatedPastTests : IDisposable
{
    static readonly string History = Path.Combine(Repository.Root, "tests", "Aval.Tests", "Import", "History");
    static readonly string Host = Path.Combine(AppContext.BaseDirectory, "Aval.Host.dll");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aval-trial-");

    [Fact]
    public async Task The_preset_changes_nothing_of_the_demonstrations_past()
    {
        var history = Path.Combine(folder.FullName, "history");
        SimulationFolder.Write(new SimulationPlan(40, 4, 1, new DateOnly(2026, 6, 30)), history, cancel: TestContext.Current.CancellationToken);
        await ChangesNothingAsync(history, 200);
    }

    [Fact]
    public async Task The_preset_changes_nothing_of_a_real_past()
    {
        using var files = new FilesStore();
        await ChangesNothingAsync(RealHistory.Until(new DateOnly(2013, 1, 31), files), 1_000);
    }

    [Fact]
    public async Task The_command_line_tries_a_policy_from_a_file_or_the_stores_draft()
    {
        await using (var store = await OpenStore.OpenAsync(folder.FullName, null)) await Replay.RunAsync(store, History, null, null, CancellationToken.None);
        var policy = Path.Combine(folder.FullName, "policy.json");
        await File.WriteAllTextAsync(policy, """{"basedOn": "standard", "rules": [{"rule": "orderTooLarge", "severity": "refer", "amount": 100}]}""", CancellationToken.None);
        var (code, output, _) = Try("--policy", policy);
        Assert.Equal(0, code);
        Assert.Matches(@"\n\d+ checks in [\d.]+ s, peak memory \d+ MB\n$", output);
        Golden.Equal("simulate-policy.txt", output[..output.LastIndexOf("\n\n", StringComparison.Ordinal)]);

        Assert.Equal((1, "aval: Nobody is drafting a policy in this store."), Refused("--draft"));
        await File.WriteAllTextAsync(policy, """{"basedOn": 7}""", CancellationToken.None);
        Assert.Equal((1, "aval: There is no policy version 7 to base a draft on."), Refused("--policy", policy));
        await File.WriteAllTextAsync(policy, """{"basedOn": 1, "horizon": 3}""", CancellationToken.None);
        Assert.Equal((1, "aval: horizon is not a field here."), Refused("--policy", policy));
        Assert.Equal((1, "Say --policy FILE or --draft"), Refused());
        Assert.Equal(1, Refused("--policy", Path.Combine(folder.FullName, "none.json")).Code);
    }

    async Task ChangesNothingAsync(string history, int least)
    {
        await using var store = await OpenStore.OpenAsync(Path.Combine(folder.FullName, "store"), null);
        await Replay.RunAsync(store, history, null, null, CancellationToken.None);
        var plan = new TrialPlan(Standard.Policy, DateOnly.MinValue, DateOnly.MaxValue, 10, 10);
        var trial = await new Machine(store.Store, plan).RunAsync(2, null, CancellationToken.None);
        Assert.Equal((0, 0, 0), (trial.ChecksChanged, trial.ChecksFindingElse, trial.ChangedOrders));
        Assert.True(trial.Orders >= least, $"{trial.Orders} orders");
    }

    (int Code, string Said) Refused(params string[] options)
    {
        var (code, _, errors) = Try(options);
        return (code, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0]);
    }

    (int Code, string Output, string Errors) Try(params string[] options) =>
        Repository.Run("dotnet", [Host, "simulate-policy", "--data", folder.FullName, "--from", "2026-01-01", "--to", "2026-12-31", .. options]);

    public void Dispose() => folder.Delete(recursive: true);
}
