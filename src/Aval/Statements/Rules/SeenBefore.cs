using System.Collections.Immutable;

namespace Aval.Statements.Rules;

/// <summary>What becomes of one entry of a statement.</summary>
/// <param name="New">Its payments that no file has told.</param>
/// <param name="Filled">Lines of earlier files, with what this entry tells and they left open.</param>
/// <param name="Split">The line of an earlier file whose payments this entry tells apart; null when there is none.</param>
/// <param name="Duplicates">How many of its payments were told before.</param>
public sealed record EntryFate(BankEntry Entry, ImmutableArray<EntryPart> New, ImmutableArray<StatementLine> Filled, StatementLine? Split, int Duplicates);

/// <summary>Tells entries that an earlier file has brought from new ones, across formats and files that overlap.</summary>
/// <remarks>
/// Each known line answers for one entry only, so that two equal payments of one day stay two, and a statement that repeats both brings neither again. An entry is a
/// known one when amount, sign and day agree and no reference contradicts; the pairs with most references in common are made first. docs/cash-application.md.
/// </remarks>
public sealed class SeenBefore
{
    /// <summary>Days by which an intraday report and the end of the day may date one entry apart, where the bank's reference is the same.</summary>
    const int DaysApart = 5;

    /// <summary>More possible pairs of one amount than this are not weighed each.</summary>
    const long MostWeighed = 40_000;

    readonly BankStatement statement;
    readonly Dictionary<string, List<StatementLine>> free;
    readonly HashSet<string> apart;

    /// <summary>The lines by the beginning of their entry's reference, the entries of one payment by its amount, and the payments of batches by theirs.</summary>
    readonly ILookup<string, StatementLine> gathered;
    readonly ILookup<long, StatementLine> single;
    readonly ILookup<long, StatementLine> batched;

    /// <summary>The lines of these that have answered.</summary>
    readonly HashSet<string> told = new(StringComparer.Ordinal);

    SeenBefore(BankStatement statement, IEnumerable<StatementLine> known, IEnumerable<RecordedStatement> statements)
    {
        this.statement = statement;
        free = known.Where(line => line.State != LineState.Split).GroupBy(line => line.Entry).ToDictionary(entry => entry.Key, entry => entry.ToList(), StringComparer.Ordinal);
        apart = StatementChain.Of(statement, statements);
        gathered = free.Values.SelectMany(lines => lines).Where(line => line.EntryReference is not null).ToLookup(line => References.Beginning(line.EntryReference!));
        single = free.Values.Where(lines => lines.Count == 1).ToLookup(lines => lines[0].Amount, lines => lines[0]);
        batched = free.Values.Where(lines => lines.Count > 1).SelectMany(lines => lines).ToLookup(line => line.Amount);
    }

    /// <param name="known">Lines of the account from <see cref="DaysApart"/> days before the statement's first day to as many after its last.</param>
    /// <param name="statements">Those of the account.</param>
    public static ImmutableArray<EntryFate> Sort(BankStatement statement, IEnumerable<StatementLine> known, IEnumerable<RecordedStatement> statements)
    {
        var seen = new SeenBefore(statement, known, statements);
        var fates = new EntryFate?[statement.Entries.Length];
        foreach (var (at, entry) in seen.Pairs().ToList()) fates[at] = seen.Same(statement.Entries[at], entry);
        seen.Scatter(fates);
        for (var at = 0; at < fates.Length; at++) fates[at] ??= seen.Gathered(statement.Entries[at]) ?? seen.Apart(statement.Entries[at]);
        return [.. fates.Select(fate => fate!)];
    }

    /// <summary>How far around a statement's days lines can be the same.</summary>
    public static (DateOnly From, DateOnly To) Around((DateOnly From, DateOnly To) days) => (days.From.AddDays(-DaysApart), days.To.AddDays(DaysApart));

    /// <summary>Entries of the statement and known ones, whole against whole: those under the bank's same reference, then most in common first, then in order.</summary>
    IEnumerable<(int At, string Entry)> Pairs()
    {
        var (taken, used) = (new HashSet<int>(), new HashSet<string>(StringComparer.Ordinal));
        var byReference = free.Where(entry => entry.Value[0].EntryReference is not null)
            .ToLookup(entry => (entry.Value.Sum(line => line.Amount), entry.Value[0].EntryReference), entry => entry.Key);
        for (var at = 0; at < statement.Entries.Length; at++)
        {
            var entry = statement.Entries[at];
            var same = entry.BankReference is null ? null
                : byReference[(entry.Amount, entry.BankReference)].FirstOrDefault(known => !used.Contains(known) && InCommon(entry, free[known]) is not null);
            if (same is not null && used.Add(same) && taken.Add(at)) yield return (at, same);
        }

        var byAmount = free.Where(entry => !used.Contains(entry.Key)).ToLookup(entry => entry.Value.Sum(line => line.Amount), entry => entry.Key);
        foreach (var alike in Enumerable.Range(0, statement.Entries.Length).Where(at => !taken.Contains(at)).GroupBy(at => statement.Entries[at].Amount))
            foreach (var pair in Weighed([.. alike], [.. byAmount[alike.Key]])) yield return pair;
    }

    /// <summary>Entries of one amount: each with the known one with which it has most in common.</summary>
    IEnumerable<(int At, string Entry)> Weighed(List<int> entries, List<string> known)
    {
        if ((long)entries.Count * known.Count > MostWeighed)
        {
            var many = new EqualEntries(statement.Format, InCommon, (entry, line) => IsSameDay(entry, line, true));
            foreach (var (at, other) in many.Pairs([.. entries.Select(at => statement.Entries[at])], [.. known.Select(entry => free[entry])]))
                yield return (entries[at], known[other]);
            yield break;
        }

        var (taken, used) = (new HashSet<int>(), new HashSet<string>(StringComparer.Ordinal));
        var possible =
            from at in entries
            from entry in known
            let common = InCommon(statement.Entries[at], free[entry])
            where common is not null
            orderby common.Value descending
            select (At: at, Entry: entry);
        foreach (var pair in possible)
            if (!taken.Contains(pair.At) && used.Add(pair.Entry))
            {
                taken.Add(pair.At);
                yield return pair;
            }
    }

    /// <summary>How many references agree; null when they cannot be the same entry.</summary>
    int? InCommon(BankEntry entry, List<StatementLine> lines)
    {
        var (part, line) = (entry.Parts.Length == 1 ? entry.Parts[0] : null, lines.Count == 1 ? lines[0] : null);
        var common = References.Compare(entry.BankReference ?? part?.BankReference, lines[0].EntryReference ?? line?.BankReference);
        if (common < 0 && Family(lines[0].Format) == Family(statement.Format)) return null;
        if (!IsSameDay(entry, lines[0], common > 0)) return null;
        if (common <= 0 && apart.Contains(lines[0].Statement)) return null;
        if (part is null || line is null) return Math.Max(common, 0) * 2;
        return References.InCommon(part, line, line.Format == statement.Format) is { } others ? others + (Math.Max(common, 0) * 2) : null;
    }

    bool IsSameDay(BankEntry entry, StatementLine line, bool sameReference)
    {
        if (sameReference && (IsEarly(statement.Format) || IsEarly(line.Format)) && Math.Abs((entry.Day ?? line.Day).DayNumber - line.Day.DayNumber) <= DaysApart) return true;
        if (entry.Booked is { } booked && line.Booked is { } known && booked != known) return false;
        if (entry.Value is { } value && line.Value is { } other) return value == other || (sameReference && entry.Booked is not null && line.Booked is not null);
        return entry.Booked is null || line.Booked is null ? entry.Day == line.Day || entry.Value == line.Day || entry.Day == line.Value : true;
    }

    EntryFate Same(BankEntry entry, string known)
    {
        free.Remove(known, out var lines);
        var parts = entry.Parts.Length;
        if (lines!.Count > 1 || (parts > 1 && !lines[0].IsOpen())) return new EntryFate(entry, [], [], null, parts);
        if (parts > 1) return new EntryFate(entry, entry.Parts, [], lines[0], 0);
        var dated = IsEarly(lines[0].Format) && !IsEarly(statement.Format) ? lines[0].BookedBy(entry) : lines[0];
        var filled = dated.IsOpen() ? dated.FilledBy(entry.Parts[0], entry.BankReference) : dated;
        return new EntryFate(entry, [], filled != lines[0] ? [filled] : [], null, 1);
    }

    /// <summary>An entry that an earlier file has told payment by payment: those with its reference sum to it.</summary>
    EntryFate? Gathered(BankEntry entry)
    {
        if (entry.BankReference is null) return null;
        var alike = gathered[References.Beginning(entry.BankReference)].Where(known =>
            free.ContainsKey(known.Entry) && References.Compare(entry.BankReference, known.EntryReference) > 0 && IsSameDay(entry, known, true)).ToList();
        if (alike.Select(known => known.Entry).Distinct(StringComparer.Ordinal).Count() < 2 || alike.Sum(known => known.Amount) != entry.Amount) return null;
        foreach (var known in alike) free.Remove(known.Entry);
        return new EntryFate(entry, [], [], null, entry.Parts.Length);
    }

    /// <summary>Entries under one reference of the bank that an earlier file has told as one entry with that reference: they sum to it.</summary>
    void Scatter(EntryFate?[] fates)
    {
        var left = Enumerable.Range(0, fates.Length).Where(at => fates[at] is null && statement.Entries[at].BankReference is not null)
            .GroupBy(at => References.Beginning(statement.Entries[at].BankReference!)).Where(group => group.Count() > 1);
        foreach (var group in left)
        {
            var entries = group.Select(at => statement.Entries[at]).ToList();
            var known = gathered[group.Key].Select(line => line.Entry).Distinct(StringComparer.Ordinal).FirstOrDefault(known =>
                free.TryGetValue(known, out var lines) && lines.Sum(line => line.Amount) == entries.Sum(entry => entry.Amount)
                && entries.TrueForAll(entry => References.Compare(entry.BankReference, lines[0].EntryReference) > 0 && IsSameDay(entry, lines[0], true)));
            if (known is null) continue;
            free.Remove(known, out var lines);
            var whole = lines!.Count == 1 && lines[0].IsOpen() ? lines[0] : null;
            foreach (var at in group)
                fates[at] = whole is null
                    ? new EntryFate(statement.Entries[at], [], [], null, statement.Entries[at].Parts.Length)
                    : new EntryFate(statement.Entries[at], statement.Entries[at].Parts, [], at == group.First() ? whole : null, 0);
        }
    }

    /// <summary>An entry whose payments an earlier file has told in other company, as entries of their own or in a batch: those with a reference in common are known, the
    /// others new.</summary>
    EntryFate Apart(BankEntry entry)
    {
        var fresh = ImmutableArray.CreateBuilder<EntryPart>();
        foreach (var part in entry.Parts)
        {
            var known = (entry.Parts.Length == 1 ? batched : single)[part.Amount]
                .Where(other => free.ContainsKey(other.Entry) && !told.Contains(other.Number) && IsSameDay(entry, other, false))
                .Select(other => (Line: other, Common: References.InCommon(part, other, false)))
                .Where(other => other.Common > 0).OrderByDescending(other => other.Common).Select(other => other.Line).FirstOrDefault();
            if (known is null) fresh.Add(part);
            else told.Add(known.Number);
        }

        return new EntryFate(entry, fresh.ToImmutable(), [], null, entry.Parts.Length - fresh.Count);
    }

    /// <summary>True for what is told before the day has ended, or beside the statements.</summary>
    internal static bool IsEarly(StatementFormat format) => format switch
    {
        StatementFormat.Camt052 or StatementFormat.Camt054 or StatementFormat.Mt942 => true,
        StatementFormat.Camt053 or StatementFormat.Mt940 or StatementFormat.Bai2 or StatementFormat.Csv => false,
    };

    /// <summary>Formats in which a bank numbers entries alike.</summary>
    internal static int Family(StatementFormat format) => format switch
    {
        StatementFormat.Camt052 or StatementFormat.Camt053 or StatementFormat.Camt054 => 0,
        StatementFormat.Mt940 or StatementFormat.Mt942 => 1,
        StatementFormat.Bai2 => 2,
        StatementFormat.Csv => 3,
    };
}

/// <summary>Statements that follow one another: the bank numbers them, each balances, and each begins with the balance with which the one before ended.</summary>
static class StatementChain
{
    /// <summary>The numbers of the statements before and after this one. They hold different entries, whatever these look like.</summary>
    /// <remarks>One whose entries sum to nothing could be repeated under another number and still fit: it ends the chain.</remarks>
    public static HashSet<string> Of(BankStatement statement, IEnumerable<RecordedStatement> recorded)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (SeenBefore.IsEarly(statement.Format) || statement.Number is null || Balances.Check(statement) != BalanceCheck.Agrees
            || statement.Opening!.Minor == statement.Closing!.Minor)
            return found;
        var others = recorded.Where(other =>
            other.Format == statement.Format && other.Check == BalanceCheck.Agrees && other.BankNumber is not null && other.BankNumber != statement.Number
            && other.Opening is not null && other.Closing is not null && other.Opening != other.Closing).ToList();
        for (long? end = statement.Opening.Minor; end is not null;)
            end = others.Find(other => other.Closing == end && found.Add(other.Number))?.Opening;
        for (long? begin = statement.Closing.Minor; begin is not null;)
            begin = others.Find(other => other.Opening == begin && found.Add(other.Number))?.Closing;
        return found;
    }
}
