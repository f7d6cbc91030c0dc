using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;

namespace Aval.Checks;

public static class BlockProblems
{
    public static readonly ProblemKind BlockUnknown = new("block-unknown", 404, "There is no such block", "List the open ones with GET /blocks?status=open.")
        { OnScreens = "The list of held orders shows the open ones." };

    public static IReadOnlyList<ProblemKind> All { get; } = [BlockUnknown];
}

/// <summary>A block as answered.</summary>
/// <param name="Amount">Of the order, in <paramref name="Currency"/>.</param>
/// <param name="Findings">All that has held the order, cleared ones too.</param>
/// <param name="Owner">The function or role that is to decide or to complete.</param>
/// <param name="DueAt">When policy's working hours for it have passed; null while a decision with a date of its own stands.</param>
/// <param name="DueOn">The day of that; null while a decision with a date of its own stands, and once nobody above is left to ask.</param>
/// <param name="Version">Counts its changes; the ETag of the block begins with it.</param>
public sealed record BlockAnswer(
    string Id, string Order, string Customer, string Payer, BlockStatus Status, DateTimeOffset OpenedAt, DateOnly OpenedOn, DateTimeOffset? ClosedAt, string? ClosedBy,
    Triage Triage, Cause? Cause, decimal Amount, Currency Currency, IReadOnlyList<BlockFinding> Findings, string? Owner, DateTimeOffset? DueAt, DateOnly? DueOn, long Version)
{
    public static BlockAnswer Of(Block block) => new(
        block.Id, block.Order, block.Customer, block.Payer, block.Status, block.OpenedAt, block.OpenedOn, block.ClosedAt, block.ClosedBy, block.Triage, block.Cause,
        new Money(block.Amount, block.Currency).Major, block.Currency, block.Findings, block.Owner,
        block.Status == BlockStatus.Open ? block.DueAt : null, block.Status == BlockStatus.Open ? block.DueOn : null, block.Version);
}

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record BlocksAnswer(IReadOnlyList<BlockAnswer> Blocks, string? Next);

/// <summary>Which blocks are asked for. Null is all.</summary>
public sealed record BlockFilter(BlockStatus? Status = null, string? Customer = null, string? Payer = null, string? Owner = null, DateOnly? Due = null,
    Cause? Cause = null);

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
                if (limit is < 1 or > MostOnPage) return KernelProblems.Invalid("limit", $"must be from 1 to {MostOnPage}");
                var cursor = request.Query<string>("cursor");
                var filter = new BlockFilter(request.Query<BlockStatus?>("status"), request.Query<string>("customer"), request.Query<string>("payer"),
                    request.Query<string>("owner"), request.Query<DateOnly?>("due"), request.Query<Cause?>("cause"));
                if (await PageAsync(request.Store, filter, cursor, limit + 1, cancel) is not { } blocks)
                    return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
                return new BlocksAnswer([.. blocks.Take(limit).Select(BlockAnswer.Of)], blocks.Count > limit ? blocks[limit - 1].Id : null);
            },
            [
                new("status", typeof(BlockStatus), "open or closed; both when absent"), new("customer", typeof(string), "who ordered; all when absent"),
                new("payer", typeof(string), "who pays; all when absent"), new("owner", typeof(string), "the function or role that is to decide; all when absent"),
                new("cause", typeof(Cause), "whose fault it is; all when absent"),
                new("due", typeof(DateOnly), "to be decided by this day; all when absent"), new("cursor", typeof(string), "the next of the page before"),
                new("limit", typeof(int), "blocks on a page, 1 to 500; 100 when absent"),
            ]);
    }

    /// <summary>Blocks by the business date and instant of their opening, of one instant by the entries that opened them; at most <paramref name="limit"/>.</summary>
    /// <param name="after">The id of the block to begin behind; null begins with the first.</param>
    /// <returns>Null when there is no such block.</returns>
    public static async Task<IReadOnlyList<Block>?> PageAsync(Store store, BlockFilter filter, string? after, int limit, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var root = after is null ? null : await reader.RootOfAsync("block", after, cancel);
        if (after is not null && root is null) return null;
        await using var command = reader.Command(
            $"""
            SELECT {ChecksFacts.BlockTable.ColumnList} FROM block WHERE to_sequence IS NULL
            {(filter.Status is null ? "" : "AND status = @status")} {(filter.Status == BlockStatus.Open ? "AND live" : "")}
            {(filter.Customer is null ? "" : "AND customer = @customer")} {(filter.Payer is null ? "" : "AND payer = @payer")}
            {(filter.Owner is null ? "" : "AND owner = @owner")} {(filter.Due is null ? "" : "AND live AND due_on <= @due")} {(filter.Cause is null ? "" : "AND cause = @cause")}
            {(root is null ? "" : """
                AND (opened_on, opened_at, opened_entry, id) >
                    (SELECT b.opened_on, b.opened_at, b.opened_entry, b.id FROM block b WHERE b.lane = @lane AND b.root = @root AND b.id = @id AND b.to_sequence IS NULL)
                """)} ORDER BY opened_on, opened_at, opened_entry, id LIMIT @limit
            """);
        StoreReader.Add(command, "limit", limit);
        if (filter.Status is { } wanted) StoreReader.Add(command, "status", Words.Of(wanted));
        if (filter.Customer is { } customer) StoreReader.Add(command, "customer", customer);
        if (filter.Cause is { } cause) StoreReader.Add(command, "cause", Words.Of(cause));
        if (filter.Owner is { } owner) StoreReader.Add(command, "owner", owner);
        if (filter.Due is { } due) StoreReader.Add(command, "due", reader.DateParameter(due));
        if (filter.Payer is { } payer) StoreReader.Add(command, "payer", payer);
        if (root is not null)
        {
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
            StoreReader.Add(command, "id", after);
        }

        return [.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()];
    }

    public static async Task<Block?> FindAsync(Store store, string id, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (Block?)await reader.FindAsync(ChecksFacts.BlockTable, "block", id, id, cancel);
    }

    /// <summary>Open blocks that a customer's limit holds, its own or the one of its group, as their last checks have recorded.</summary>
    public static async Task<IReadOnlyList<Block>> HeldByLimitAsync(Store store, string customer, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        if (await reader.MemberAsync(customer, cancel) is not { } root) return [];
        return
        [
            .. (await reader.CurrentAsync(ChecksFacts.BlockTable, root, cancel)).Cast<Block>().Where(block => block.Status == BlockStatus.Open && block.Findings.Any(finding =>
                finding.Cleared is null && finding.Level == customer && IsOfLimit(finding.Code))),
        ];
    }

    static bool IsOfLimit(string code) =>
        code == FindingKinds.LimitExceeded.Code || code == FindingKinds.LimitExpired.Code || code == FindingKinds.LimitNotSet.Code;
}
