using Aval.Checks;
using Aval.Kernel.Storage;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>Everything that has happened to an order and its block, as one list.</summary>
static class BlockHistory
{
    /// <summary>The last first; what happened on one day as the journal has it, what people told about it above.</summary>
    /// <param name="events">Of the order.</param>
    public static IReadOnlyList<PastEvent> Of(FoundBlock found, IReadOnlyList<PastEvent> events) =>
        [.. events.Concat(Told(found)).OrderByDescending(happened => happened.Date).ThenByDescending(happened => happened.Sequence)];

    static IEnumerable<PastEvent> Told(FoundBlock found)
    {
        foreach (var card in found.Cards)
            yield return new PastEvent(long.MaxValue, Zone.DayOf(card.At), T("Customer Service told what it knows"), null, null, null, card.By);
        foreach (var cleared in found.Block.Findings.Where(finding => finding.Cleared is not null).GroupBy(finding => (finding.Cleared, finding.ClearedBy)))
            yield return new PastEvent(
                long.MaxValue, cleared.Key.Cleared!.Value, Say.List(cleared.Select(finding => CheckWords.OfCode(finding.Code)).Distinct()), T("cleared"), null, "good",
                cleared.Key.ClearedBy);
        foreach (var risk in found.Deferred)
            yield return new PastEvent(long.MaxValue, risk.Waiver.At, CheckWords.OfCode(risk.Waiver.Code), T("set aside"), risk.Waiver.Reason, null, risk.Waiver.By);
        if (found.Block is { ClosedOn: { } day } block) yield return new PastEvent(long.MaxValue, day, T("Held no more"), null, null, "good", block.ClosedBy);
    }
}
