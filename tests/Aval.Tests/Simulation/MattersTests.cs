using Aval.Import;
using Aval.Simulation;
using Dapper;

namespace Aval.Tests.Simulation;

/// <summary>What a newcomer finds in the demonstration, after its history went through the checks.</summary>
public sealed class MattersTests
{
    [Fact]
    public async Task The_demonstration_has_disputes_promises_cover_and_an_incident()
    {
        var folder = Directory.CreateTempSubdirectory("aval-matters-");
        try
        {
            var history = Path.Combine(folder.FullName, "history");
            SimulationFolder.Write(new SimulationPlan(40, 6, 1, new DateOnly(2026, 11, 22)), history, cancel: TestContext.Current.CancellationToken);
            await using var store = await OpenStore.OpenAsync(Path.Combine(folder.FullName, "store"), null);
            var replayed = await Replay.RunAsync(store, history, null, null, TestContext.Current.CancellationToken);
            Assert.Empty(replayed.Refusals);
            await using var connection = await store.Store.ConnectAsync(CancellationToken.None);
            async Task<string> Told(string sql) => string.Join(' ', await connection.QueryAsync<string>(sql));
            Assert.Equal("companyFault unqualified", await Told("SELECT DISTINCT legitimacy FROM dispute WHERE to_sequence IS NULL ORDER BY legitimacy"));
            Assert.Equal("broken kept", await Told("SELECT DISTINCT status FROM promise WHERE to_sequence IS NULL ORDER BY status"));
            Assert.Equal("open", await Told("SELECT DISTINCT status FROM credit_note_promise WHERE to_sequence IS NULL"));
            Assert.Equal("GU-10012-1 IC-10019-1", await Told(
                "SELECT number FROM guarantee WHERE to_sequence IS NULL UNION SELECT number FROM insurance_cover WHERE to_sequence IS NULL ORDER BY 1"));
            Assert.Contains("delivered-while-held", await Told("SELECT code FROM incident WHERE to_sequence IS NULL"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
