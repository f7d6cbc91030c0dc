using Aval.Exposure;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;
using Aval.Tests.Checks;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Exposure;

/// <summary>The sum of a group that is kept and renewed is the one that is made anew, to the minor unit and after any course of changes.</summary>
public sealed class GroupSumLaws
{
    /// <summary>One has another currency, and one a currency that no rate converts.</summary>
    static readonly Customer[] Members =
        [.. new[] { Currency.EUR, Currency.EUR, Currency.Of("JPY"), Currency.Of("USD"), Currency.EUR }.Select((currency, n) => Situation.C1 with
        {
            Number = $"M{n}", Currency = currency, Group = n == 4 ? "M0" : "G",
        })];

    static readonly Gen<IReadOnlyList<Step>> Courses =
        (from kind in Gen.Choose(0, 10)
         from member in Gen.Choose(0, Members.Length - 1)
         from amount in Gen.Choose(1, 90_000)
         select new Step(kind, member, amount)).ListOf(60).Select(steps => (IReadOnlyList<Step>)[.. steps]);

    [Fact]
    public void It_is_the_sum_made_anew_whatever_came_between() => Prop.ForAll(Courses.ToArbitrary(), course =>
    {
        var group = new Group();
        return course.All(step => group.HoldsAfter(step));
    }).Holds();

    public sealed record Step(int Kind, int Member, int Amount);

    sealed class Group
    {
        readonly Composition composition = new(Capabilities.All);
        readonly Dictionary<(Type, string), object> rows = [];
        Facts facts;
        Facts company;
        DateOnly today = Situation.Today;

        public Group()
        {
            facts = composition.Empty("G");
            company = composition.Empty(Facts.Company).With(new Rate(today, Currency.EUR, Currency.Of("JPY"), 144.3m));
            Put("G", Situation.C1 with { Number = "G" });
            foreach (var member in Members) Put(member.Number, member);
            Put("L", new Limit("L", "G", LimitLevel.Group, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, 1, today, null, null, "", LimitStatus.Approved, 1));
        }

        public bool HoldsAfter(Step step)
        {
            var member = Members[step.Member];
            var (order, invoice) = (OrderOf(member, step.Amount), InvoiceOf(member, step.Amount));
            switch (step.Kind)
            {
                case 0 or 1: Put(order.Number, order); break;
                case 2: Put(order.Number, order with { Status = OrderStatus.Held, Authorization = null }); break;
                case 3: Take(order.Number, order); break;
                case 4: Put(invoice.Number, invoice); break;
                case 5: Take(invoice.Number, invoice); break;
                case 6: Put("R" + member.Number, DepositOf(member, order.Number, step.Amount)); break;
                case 7: today = today.AddDays(1); break;
                case 8: company = company.With(new Rate(today, Currency.EUR, Currency.Of("JPY"), 100 + (step.Amount / 1000m))); break;
                // Tried on a copy and thrown away.
                case 9: Told(facts.With(order)); break;
                case 10: Put(member.Number, member with { Group = step.Amount % 2 == 0 ? null : "G" }); break;
            }

            // Not asked for after each step: what has changed since may be of several payers.
            return step.Amount % 3 == 0 || Told(facts) == Told(rows.Values.Aggregate(composition.Empty("G"), (grown, row) => grown.With(row)));
        }

        (long Compared, int Unconverted) Told(Facts known)
        {
            var sum = ExposureOf.Nodes(known, company, "G", Standard.Policy.Netting, today).Single(node => node.Level == LimitLevel.Group);
            return (sum.Compared, sum.Unconverted);
        }

        void Put(string key, object row)
        {
            rows[(row.GetType(), key)] = row;
            facts = facts.With(row);
        }

        void Take(string key, object row)
        {
            if (!rows.Remove((row.GetType(), key))) return;
            facts = facts.Without(facts.Find(row.GetType(), key)!);
        }

        Order OrderOf(Customer member, int amount) => new(
            $"O{member.Number}{amount % 2}", member.Number, member.Number, member.Currency, today, today,
            [new OrderLine(1, "pin", Quantity.Of(1), UnitPrice.Of(amount), 0)], null, null, null, null, null, null, OrderStatus.Released, member.Currency,
            amount % 7 == 0 ? null : StoredRate.Same(today), new Authorization("A", long.MaxValue, member.Currency, today, null), 1);

        Invoice InvoiceOf(Customer member, int amount) => new(
            $"I{member.Number}{amount % 2}", member.Number, member.Number, null, today, today.AddDays(30), member.Currency, amount, member.Currency, StoredRate.Same(today), [],
            Draft: false, 0, 0, []);

        Receipt DepositOf(Customer member, string order, int amount) => new(
            "R" + member.Number, member.Number, today, member.Currency, amount, null, ReceiptStatus.Cleared, order, member.Currency, StoredRate.Same(today), 0, false)
        {
            ClearedOn = today,
        };
    }
}
