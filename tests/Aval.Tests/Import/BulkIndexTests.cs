using Aval.Import;
using Aval.Kernel;
using Aval.Receivables;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Import;

/// <summary>How the rows of a file are put together to parts.</summary>
public sealed class BulkIndexTests
{
    static readonly Arbitrary<(int[] Parties, int Most, bool ByLane)> Files = Gen.Choose(0, 39).ArrayOf().SelectMany(
        parties => Gen.Choose(1, 12), (parties, most) => (parties, most, parties.Length % 2 == 0)).ToArbitrary();

    [Fact]
    public void Every_row_stands_in_one_part_roots_stand_together_and_the_next_part_follows_where_one_is_too_large() => Prop.ForAll(Files, file =>
    {
        var index = new BulkIndex();
        foreach (var (line, party) in file.Parties.Index()) index.Add(line, line, Row($"I-{line}", $"P{party}"));
        // Four parties a root, and one of ten is unknown.
        var roots = index.Parties.Where(party => !party.EndsWith('7')).ToDictionary(party => party, RootOf);
        var parts = index.Parts(PartyRoots.Stored(roots), row => row % 11 == 5, file.Most, file.ByLane);
        var rows = parts.SelectMany(part => Enumerable.Range(part.Start, part.End - part.Start)).Select(index.RowAt).ToList();
        var wanted = Enumerable.Range(0, file.Parties.Length).Where(row => row % 11 != 5 && roots.ContainsKey(index.PartyOf(row)));
        var rootsInOrder = rows.Select(row => RootOf(index.PartyOf(row))).ToList();
        return rows.Order().SequenceEqual(wanted)
            && rootsInOrder.Where((root, i) => i == 0 || rootsInOrder[i - 1] != root).Count() == rootsInOrder.Distinct().Count()
            && rows.GroupBy(row => RootOf(index.PartyOf(row))).All(root => root.SequenceEqual(root.Order()))
            && parts.All(part => part.End - part.Start <= file.Most && part.Follows == (part.Start > 0 && rootsInOrder[part.Start] == rootsInOrder[part.Start - 1]))
            && (!file.ByLane || parts.All(part => rootsInOrder[part.Start..part.End].Select(Lane.Of).Distinct().Count() == 1));
    }).Holds(500);

    static string RootOf(string party) => $"R{int.Parse(party[1..], System.Globalization.CultureInfo.InvariantCulture) / 4}";

    static BulkRow Row(string number, string party) => new(new PostInvoice(new(number, party, default, default, Currency.EUR, 1)), number, party, new Amount("EUR", 1));
}
