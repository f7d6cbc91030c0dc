using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Disputes;

/// <param name="Text">What it proves.</param>
/// <param name="Reference">Where the proof is: a document's number, an address.</param>
/// <param name="Digest">SHA-256 of the proof, 64 hexadecimal digits.</param>
public sealed record EvidenceBody(string Text, string? Reference = null, string? Digest = null);

/// <summary>An entry of a dispute's log of evidence.</summary>
/// <param name="Date">The business date of the entry.</param>
/// <param name="By">Who entered it.</param>
public sealed record EvidenceAnswer(DateTimeOffset At, DateOnly Date, string By, string Text, string? Reference, string? Digest)
{
    public static EvidenceAnswer Of(DisputeEvidence one) => new(one.At, one.Date, one.By, one.Text, one.Reference, one.Digest);
}

/// <summary>Enters evidence in a dispute's log, also after its end. Entries are never changed.</summary>
public sealed record AddEvidence(string Number, EvidenceBody Body) : Command
{
    const int DigestDigits = 64;

    public override string Name => "addEvidence";
    public override Subject Subject => Subject.Document(RecordDispute.Scope, Number, DisputeProblems.DisputeUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(DisputesFacts.Table, Number)];

    public override Problem? Refuse()
    {
        if (string.IsNullOrWhiteSpace(Body.Text)) return KernelProblems.Invalid("text", "must not be empty");
        return Body.Digest is { } digest && (digest.Length != DigestDigits || !digest.All(char.IsAsciiHexDigit))
            ? KernelProblems.Invalid("digest", $"must be {DigestDigits} hexadecimal digits")
            : null;
    }

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Dispute>(Number) is not { } dispute) return DisputeProblems.DisputeUnknown.With($"Dispute {Number} is not known.", "number");
        @case.Put(DisputesFacts.EvidenceTable, new DisputeEvidence(
            $"{Number}:{@case.Place}", Number, dispute.Payer, @case.Now, @case.Today, @case.Actor.Name, Body.Text.Trim(), DisputeFields.Blank(Body.Reference),
            Body.Digest?.ToLowerInvariant()));
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<EvidenceBody, EvidenceAnswer>(
            "/disputes/{number}/evidence", DisputePermissions.Record, "Enters evidence in a dispute's log; entries are never changed",
            (body, request) => new AddEvidence(request.Route("number"), body), (outcome, _) => EvidenceAnswer.Of(outcome.Row<DisputeEvidence>()!),
            [DisputeProblems.DisputeUnknown]);
        api.Get<IReadOnlyList<EvidenceAnswer>>(
            "/disputes/{number}/evidence", DisputePermissions.Read, "A dispute's log of evidence, the first entry first",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                if (await ReadDisputes.FindAsync(request, number, cancel) is null) return DisputeProblems.DisputeUnknown.With($"Dispute {number} is not known.", "number");
                return (await LogAsync(request.Store, number, cancel)).Select(EvidenceAnswer.Of).ToArray();
            },
            problems: [DisputeProblems.DisputeUnknown]);
    }

    internal static async Task<IReadOnlyList<DisputeEvidence>> LogAsync(Store store, string dispute, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {DisputesFacts.EvidenceTable.ColumnList} FROM dispute_evidence WHERE to_sequence IS NULL AND dispute = @dispute ORDER BY at, from_sequence");
        StoreReader.Add(command, "dispute", dispute);
        return [.. (await reader.RowsAsync(command, DisputesFacts.EvidenceTable, cancel)).Cast<DisputeEvidence>()];
    }
}
