using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;

namespace Aval.Checks;

public static class BlockProblems
{
    public static readonly ProblemKind BlockUnknown = new("block-unknown", 404, "There is no such block", "List the open ones with GET /blocks?status=open.");
}

/// <summary>A block as answered.</summary>
/// <param name="Amount">Of the order, in <paramref name="Currency"/>.</param>
/// <param name="Findings">All that has held the order, cleared ones too.</param>
public sealed record BlockAnswer(
    string Id, string Order, string Customer, string Payer, BlockStatus Status, DateTimeOffset OpenedAt, DateOnly OpenedOn, DateTimeOffset? ClosedAt, string? ClosedBy,
    Triage Triage, Cause? Cause, decimal Amount, Currency Currency, IReadOnlyList<BlockFinding> Findings)
{
    public static BlockAnswer Of(Block block) => new(
        block.Id, block.Order, block.Customer, block.Payer, block.Status, block.OpenedAt, block.OpenedOn, block.ClosedAt, block.ClosedBy, block.Triage, block.Cause,
        new Money(block.Amount, block.Currency).Major, block.Currency, block.Findings);
}

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record BlocksAnswer(IReadOnlyList<BlockAnswer> Blocks, string? Next);

/// <summary>Reads blocks: the list, oldest first, and one.</summary>
public static class Blocks
{
    const int MostOnPage = 500;

    internal static void Map(Api api)
    {
        api.Get<BlocksAnswer>(
            "/blocks", OrderPermissions.Read, "Blocks, those opened first before others",
            async (request, cancel) =>
            {
                var limit = request.Query<int?>("limit") ?? 100;
                if (limit is < 1 or > MostOnPage) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostOnPage}.", "limit");
                var blocks = await PageAsync(request.Store, request.Query<BlockStatus?>("status"), request.Query<string>("after"), limit + 1, cancel);
                return new BlocksAnswer([.. blocks.Take(limit).Select(BlockAnswer.Of)], blocks.Count > limit ? Cursor(blocks[limit - 1]) : null);
            },
            [
                new("status", typeof(BlockStatus), "open or closed; both when absent"), new("after", typeof(string), "the cursor that the page before gave as next"),
                new("limit", typeof(int), "blocks on a page, 1 to 500; 100 when absent"),
            ]);
        api.Get<BlockAnswer>(
            "/blocks/{id}", OrderPermissions.Read, "A block",
            async (request, cancel) => await FindAsync(request.Desk, request.Store, request.Route("id"), cancel) is { } block
                ? BlockAnswer.Of(block)
                : BlockProblems.BlockUnknown.With($"block {request.Route("id")} is not known.", "id"),
            problems: [BlockProblems.BlockUnknown]);
    }

    /// <summary>Blocks by (openedOn, id) after the cursor; at most <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<Block>> PageAsync(Store store, BlockStatus? status, string? after, int limit, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (date, id) = after?.Split('_') is [var on, var last] && DateOnly.TryParseExact(on, "yyyy-MM-dd", out var parsed) ? (parsed, last) : (DateOnly.MinValue, "");
        await using var command = reader.Command(
            $"""
            SELECT {ChecksFacts.BlockTable.ColumnList} FROM block
            WHERE to_sequence IS NULL AND (opened_on > @date OR (opened_on = @date AND id > @id)) {(status is null ? "" : "AND status = @status")}
            {(status == BlockStatus.Open ? "AND live" : "")} ORDER BY opened_on, id LIMIT @limit
            """);
        StoreReader.Add(command, "date", reader.DateParameter(date));
        StoreReader.Add(command, "id", id);
        StoreReader.Add(command, "limit", limit);
        if (status is { } wanted) StoreReader.Add(command, "status", Words.Of(wanted));
        return [.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()];
    }

    public static async Task<Block?> FindAsync(Desk desk, Store store, string id, CancellationToken cancel)
    {
        if (await desk.Directory.PartyOfAsync("block", id, cancel) is not { } party || await desk.Directory.RootOfAsync(party, cancel) is not { } root) return null;
        await using var reader = await store.SnapshotAsync(cancel);
        return (Block?)await reader.FindAsync(ChecksFacts.BlockTable, root, id, cancel);
    }

    static string Cursor(Block block) => $"{block.OpenedOn:yyyy-MM-dd}_{block.Id}";
}
