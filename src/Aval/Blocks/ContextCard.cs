using System.Text.Json;
using Aval.Checks;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Blocks;

/// <summary>What Customer Service knows of a held order: one row each time somebody filled the card. It is history that no rule needs; the last one answers.</summary>
/// <param name="Id">Block, and root and number of the entry.</param>
/// <param name="Answers">JSON of the answers; what is not in it is unanswered.</param>
public sealed record ContextCard(string Id, string Block, string Order, string Customer, string By, DateTimeOffset At, string Answers)
{
    public OrderContext Said => JsonSerializer.Deserialize<OrderContext>(Answers, Json.Options)!;

    public static readonly Table<ContextCard> Table = new(
        "context_card",
        [
            ("id", ColumnKind.Text, card => card.Id),
            ("block", ColumnKind.Text, card => card.Block),
            ("order", ColumnKind.Text, card => card.Order),
            ("customer", ColumnKind.Text, card => card.Customer),
            ("by", ColumnKind.Text, card => card.By),
            ("at", ColumnKind.Instant, card => card.At),
            ("answers", ColumnKind.Json, card => card.Answers),
        ],
        card => card.Customer,
        v => new ContextCard(v.Text(), v.Text(), v.Text(), v.Text(), v.Text(), v.Instant(), v.Text()),
        _ => false,
        [new("answers", "urgency", "whyItMatters", "note")]);

    /// <summary>All that was filled in for a block, the last first.</summary>
    internal static async Task<IReadOnlyList<ContextCard>> OfBlockAsync(StoreReader reader, string root, string block, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {Table.ColumnList} FROM context_card WHERE lane = @lane AND root = @root AND block = @block AND to_sequence IS NULL ORDER BY at DESC, id DESC");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "block", block);
        return [.. (await reader.RowsAsync(command, Table, cancel)).Cast<ContextCard>()];
    }

    /// <summary>Those of these blocks whose card somebody has filled.</summary>
    internal static async Task<IReadOnlySet<string>> FilledAsync(Store store, IReadOnlyList<string> blocks, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"SELECT DISTINCT block FROM context_card WHERE to_sequence IS NULL AND block {reader.Among("@blocks")}");
        StoreReader.Add(command, "blocks", reader.ListParameter(blocks));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var filled = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) filled.Add(rows.GetString(0));
        return filled;
    }
}

/// <summary>The eleven questions that Credit asks Customer Service about a held order.</summary>
public static class ContextQuestions
{
    /// <param name="Name">As the API and the form name it.</param>
    public sealed record Question(string Name, string Asks, Func<OrderContext, object?> Answer)
    {
        public bool IsYesOrNo { get; init; } = true;
    }

    public static IReadOnlyList<Question> All { get; } =
    [
        new("urgency", "How urgent is it, and by when?", said => Blank(said.Urgency)) { IsYesOrNo = false },
        new("recurring", "Is it a recurring order?", said => said.Recurring),
        new("partialDeliveryPossible", "Can it be delivered in parts?", said => said.PartialDeliveryPossible),
        new("depositAnnounced", "Has the customer announced a deposit?", said => said.DepositAnnounced),
        new("purchaseOrderOnItsWay", "Is their purchase order on its way?", said => said.PurchaseOrderOnItsWay),
        new("termsChanged", "Have the terms changed?", said => said.TermsChanged),
        new("portalImposed", "Does the customer impose a portal?", said => said.PortalImposed),
        new("forDifferentEntity", "Is it for a different entity?", said => said.ForDifferentEntity),
        new("previousInvoiceBlocked", "Is a previous invoice blocked for an administrative reason?", said => said.PreviousInvoiceBlocked),
        new("disputeBeingResolved", "Is a dispute being resolved?", said => said.DisputeBeingResolved),
        new("whyItMatters", "Why does the order matter?", said => Blank(said.WhyItMatters)) { IsYesOrNo = false },
    ];

    /// <summary>What Credit does not know yet.</summary>
    public static IReadOnlyList<Question> Unanswered(OrderContext said) => [.. All.Where(question => question.Answer(said) is null)];

    static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
