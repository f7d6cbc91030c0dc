using Aval.Cash.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Cash;

public sealed class NoisyRemittanceTests(ITestOutputHelper output)
{
    const int Payments = 6000;

    /// <summary>Of payments whose documents can be known at all, 95 of 100 are posted, and none to another document.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Noisy_remittances_are_posted_and_none_of_them_wrongly(int seed)
    {
        var payers = new NoisyRemittances(seed);
        var random = new Random(seed);
        var (posted, wrong) = (new SortedDictionary<string, (int Posted, int All)>(StringComparer.Ordinal), new List<string>());
        for (var at = 0; at < Payments; at++)
        {
            var documents = payers.Documents(random.Next(3, 60));
            var paid = payers.Payment(documents);
            var matching = Cascade.Match(paid.Remittance, documents, MatchSettings.Strict);
            var known = posted.GetValueOrDefault(paid.Kind);
            posted[paid.Kind] = (known.Posted + (matching.Post is null ? 0 : 1), known.All + 1);
            if (matching.Post is { } post && !post.Parts.Select(part => part.Document).ToHashSet().SetEquals(paid.Meant))
                wrong.Add($"{paid.Kind}: {paid.Remittance} meant {Said(paid.Meant)} posted {post.Rule} {Said(post.Parts.Select(part => part.Document))}");
        }

        Tell(posted, wrong);
        Assert.Empty(wrong);
        Assert.True(posted.Sum(kind => kind.Value.Posted) >= 0.95 * Payments);
    }

    /// <summary>Numbers of other things, signs that a scanner mistook, dates, twins and second payments: whatever is posted is what was meant.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Hostile_remittances_are_posted_where_they_can_be_known_and_never_wrongly(int seed)
    {
        var (payers, hostile, random, accidents) = (new NoisyRemittances(seed), new HostileRemittances(seed), new Random(seed), 0);
        var (posted, wrong) = (new SortedDictionary<string, (int Posted, int Known, int All)>(StringComparer.Ordinal), new List<string>());
        for (var at = 0; at < Payments; at++)
        {
            hostile.Documents = null;
            var documents = payers.Documents(random.Next(6, 40));
            if (documents.All.Count(document => !document.IsCreditNote) < 3) continue;
            var paid = hostile.Payment(documents);
            var post = Cascade.Match(paid.Remittance, hostile.Documents ?? documents, MatchSettings.Strict).Post;
            var known = posted.GetValueOrDefault(paid.Kind);
            posted[paid.Kind] = (known.Posted + (post is not null && paid.Known ? 1 : 0), known.Known + (paid.Known ? 1 : 0), known.All + 1);
            if (post is null || post.Parts.Select(part => part.Document).ToHashSet().SetEquals(paid.Meant)) continue;
            // An amount of nobody's may be the sum of a set by accident: the rule says how seldom, and no text misled it.
            if (!paid.Known && post.Rule == MatchRule.SumOfSet) accidents++;
            else
                wrong.Add($"{paid.Kind}: {paid.Remittance} meant {Said(paid.Meant)} posted {post.Rule} {post.Confidence} {Said(post.Parts.Select(part => part.Document))}");
        }

        foreach (var (kind, (done, known, all)) in posted) output.WriteLine($"{kind}: {done} of {known} that can be known, {all} in all");
        output.WriteLine($"{accidents} sums by accident, {wrong.Count} wrong\n{string.Join('\n', wrong.Take(20))}");
        Assert.Empty(wrong);
        Assert.InRange(accidents, 0, 2 * Payments / 1000);
        Assert.True(posted.Sum(kind => kind.Value.Posted) >= 0.95 * posted.Sum(kind => kind.Value.Known));
    }

    /// <summary>Payments that look like others: none is posted to another document, and those that can be known are posted.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Deceptive_remittances_are_posted_where_they_can_be_known_and_none_of_them_wrongly(int seed)
    {
        var payers = new NoisyRemittances(seed);
        var (posted, wrong) = (new SortedDictionary<string, (int Posted, int All)>(StringComparer.Ordinal), new List<string>());
        var (known, found) = (0, 0);
        for (var at = 0; at < Payments; at++)
        {
            var (documents, paid) = payers.Deceptive();
            var matching = Cascade.Match(paid.Remittance, documents, MatchSettings.Strict);
            var sofar = posted.GetValueOrDefault(paid.Kind);
            posted[paid.Kind] = (sofar.Posted + (matching.Post is null ? 0 : 1), sofar.All + 1);
            if (paid.Knowable) (known, found) = (known + 1, found + (matching.Post is null ? 0 : 1));
            if (matching.Post is { } post && !post.Parts.Select(part => part.Document).ToHashSet().SetEquals(paid.Meant))
                wrong.Add($"{paid.Kind}: {paid.Remittance} meant {Said(paid.Meant)} posted {post.Rule} {Said(post.Parts.Select(part => part.Document))}");
        }

        Tell(posted, wrong);
        Assert.Empty(wrong);
        Assert.True(found >= 0.95 * known);
    }

    void Tell(SortedDictionary<string, (int Posted, int All)> posted, List<string> wrong)
    {
        foreach (var (kind, (done, all)) in posted) output.WriteLine($"{kind}: {done} of {all}");
        output.WriteLine($"{posted.Sum(kind => kind.Value.Posted)} of {Payments}, {wrong.Count} wrong\n{string.Join('\n', wrong.Take(20))}");
    }

    static string Said(IEnumerable<OpenDocument> documents) => string.Join(' ', documents.Take(6).Select(document => $"{document.Number}={document.Open}"));
}
