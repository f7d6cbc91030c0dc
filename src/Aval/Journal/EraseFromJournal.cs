using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Web;

namespace Aval.Journal;

/// <summary>Which texts are erased, at one root: those that are named, and those that contain a text.</summary>
/// <param name="Reason">Why; it is kept, so it must not repeat what is erased.</param>
/// <param name="Customer">Whose group's journal is meant; the company's own when absent.</param>
/// <param name="Containing">A person's name or address as it was written, at least three characters; capitals make no difference.</param>
/// <param name="Texts">Single texts, as <c>GET /journal</c> numbers them.</param>
public sealed record ErasureBody(string Reason, string? Customer = null, string? Containing = null, IReadOnlyList<ErasedText>? Texts = null);

/// <param name="Entry">The number of the entry.</param>
/// <param name="Number">The number of the text in it.</param>
public sealed record ErasedText(long Entry, int Number);

/// <param name="Texts">Texts that were erased: those that were asked for, and the same ones in other versions of the same rows.</param>
public sealed record ErasureAnswer(string Root, int Texts);

/// <summary>Erases texts of a person from the journal and from every version of the rows. The chain is not touched, and still verifies.</summary>
static class EraseFromJournal
{
    const int Shortest = 3;
    const int EntriesAtOnce = 500;

    internal static void Map(Api api) => api.Post<ErasureBody, ErasureAnswer>(
        "/erasures", JournalPermissions.EraseTexts, "Erases texts of a person at a root, from the journal and from every version of the rows",
        async (body, request, cancel) =>
        {
            if (Refused(body) is { } problem) return problem;
            var root = body.Customer is null ? Facts.Company : await request.Desk.Directory.RootOfAsync(body.Customer, cancel);
            if (root is null) return KernelProblems.NotFound.With($"{body.Customer} has no journal.", "customer");
            var ids = new List<TextId>((body.Texts ?? []).Select(text => new TextId(text.Entry, text.Number)));
            if (body.Containing is { } containing) ids.AddRange(await ContainingAsync(request, root, containing, cancel));
            var erased = await new Erasure(request.Desk.Whole, request.Desk.Everything).EraseAsync(root, [.. ids.Distinct()], request.Actor, cancel, body.Reason);
            return erased.Problem is { } refusal ? refusal : new ErasureAnswer(root, erased.Texts);
        },
        [KernelProblems.NotFound]);

    static Problem? Refused(ErasureBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Reason)) return KernelProblems.Invalid("reason", "must say why");
        if (body.Containing is null && body.Texts is not { Count: > 0 }) return KernelProblems.Invalid("containing", "is needed where no texts are named");
        if (body.Containing is not { } containing) return null;
        if (containing.Trim().Length < Shortest) return KernelProblems.Invalid("containing", $"must have at least {Shortest} characters");
        return body.Reason.Contains(containing, StringComparison.OrdinalIgnoreCase) ? KernelProblems.Invalid("reason", "must not repeat what is erased") : null;
    }

    static async Task<List<TextId>> ContainingAsync(ApiRequest request, string root, string containing, CancellationToken cancel)
    {
        var found = new List<TextId>();
        await using var reader = await request.Store.SnapshotAsync(cancel);
        for (var after = 0L; ;)
        {
            var entries = await reader.EntriesAsync(root, after, EntriesAtOnce, cancel);
            foreach (var entry in entries)
                foreach (var text in entry.Texts)
                    if (text.Text?.Contains(containing, StringComparison.OrdinalIgnoreCase) == true) found.Add(new TextId(entry.Sequence, text.Ordinal));
            if (entries.Count < EntriesAtOnce) return found;
            after = entries[^1].Sequence;
        }
    }
}
