using Aval.Import;
using Aval.Kernel;
using Aval.Parties;

namespace Aval.Tests.Parties;

/// <summary>What it takes to enter the members of one group, counted in bytes and not in time.</summary>
public sealed class GroupWorkTests
{
    static readonly DateOnly Today = new(2026, 3, 2);

    [Theory, InlineData(false), InlineData(true)]
    public void A_member_costs_no_more_in_a_large_group_than_in_a_small_one(bool paidFor)
    {
        _ = BytesOf(100, paidFor);
        var (few, many) = (BytesOf(500, paidFor), BytesOf(10_000, paidFor));
        // Twenty times the members ask for twenty times as much, and paths of trees a little longer; each looking at all would be four hundred times.
        Assert.InRange(many, 10 * few, 32 * few);
    }

    /// <summary>A top, a tenth of the members below it and the others below those; where one pays, it pays for those below it.</summary>
    static long BytesOf(int members, bool paidFor)
    {
        var composition = new Composition(Capabilities.All);
        var known = new[] { Facts.Company, "C0" }.ToDictionary(root => root, root => composition.Empty(root) with { Through = Today }, StringComparer.Ordinal);
        var whole = new Case("C0", Kind.Importer, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), Today, known, composition);
        Assert.Null(Member(0, null, paidFor: false).Decide(whole));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 1; n <= members; n++)
        {
            var above = n <= members / 10 ? 0 : 1 + (n % (members / 10));
            var member = Member(n, above, paidFor && above > 0);
            Assert.Null(member.RefuseInMasses(whole) ?? member.Decide(whole));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static PutCustomer Member(int n, int? above, bool paidFor) => new($"C{n}", new CustomerBody(
        Name: "Atelier", Country: "FR", Currency: (Currency?)Currency.EUR, PaymentTerms: "NET30",
        Payer: above is not null && paidFor ? (Optional<string>)$"C{above}" : default, Group: above is not null && !paidFor ? (Optional<string>)$"C{above}" : default));
}
