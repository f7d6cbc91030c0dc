namespace Aval.Disputes.Rules;

/// <summary>One entry of a dispute's log of evidence. What was entered stays as it is; whoever was wrong enters something further.</summary>
/// <param name="Id">The dispute and a place in the journal, unique.</param>
/// <param name="Payer">The dispute's.</param>
/// <param name="Date">The business date of the entry.</param>
/// <param name="By">Who entered it.</param>
/// <param name="Reference">Where the proof is: a document's number, an address.</param>
/// <param name="Digest">SHA-256 of the proof, in lower-case hexadecimal digits: who has it can tell later that it is the same.</param>
public sealed record DisputeEvidence(string Id, string Dispute, string Payer, DateTimeOffset At, DateOnly Date, string By, string Text, string? Reference, string? Digest);
