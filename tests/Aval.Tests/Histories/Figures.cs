using Aval.Exposure;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Tests.Histories;

/// <summary>Every figure that the product tells, against the oracle's and against the rows that it opens.</summary>
static class Figures
{
    public static void Check(Picture now)
    {
        var netting = now.Company.Get<PoliciesFacts>().Current.Policy.Netting;
        foreach (var root in now.Roots)
            foreach (var payer in Cast.Everybody)
            {
                var told = ExposureOf.Payer(root, payer, root.Find<Customer>(payer)?.Currency ?? default, now.Today);
                var counted = Oracle.Of(root, payer, now.Today);
                Assert.Equal(
                    (payer, counted),
                    (payer, new Terms(
                        told.OpenOrders, told.Unbilled, told.Receivables, told.AtRisk, told.OpenCreditNotes, told.Unapplied, told.OnAccount, told.Deposits, told.Overdue,
                        told.Unconverted)));
                Assert.Equal(counted.Decision(netting.Unapplied), told.Compared(netting));
                Opens(root, payer, told, netting, now.Today);
                if (root.Find<Customer>(payer) is not null) Nodes(root, now, payer);
            }
    }

    /// <summary>The rows of a figure add up to it, and no row belongs to a figure that nobody tells.</summary>
    static void Opens(Facts root, string payer, Aval.Exposure.Rules.PayerExposure told, Netting netting, DateOnly today)
    {
        var rows = ExposureOf.Rows(root, payer, netting, today).GroupBy(row => row.Term)
            .ToDictionary(term => term.Key, term => term.Sum(row => row.Amount), StringComparer.Ordinal);
        var figures = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["openOrders"] = told.OpenOrders, ["unbilled"] = told.Unbilled, ["receivables"] = told.Receivables, ["atRisk"] = told.AtRisk,
            ["openCreditNotes"] = told.OpenCreditNotes, ["unapplied"] = told.Unapplied, ["onAccount"] = told.OnAccount, ["deposits"] = told.Deposits,
            ["depositsBeyondOrders"] = told.DepositsBeyondOrders, ["overdue"] = told.Overdue,
        };
        foreach (var (term, figure) in figures) Assert.Equal((payer, term, figure), (payer, term, rows.GetValueOrDefault(term)));
        Assert.Empty(rows.Keys.Except(figures.Keys));
    }

    static void Nodes(Facts root, Picture now, string payer)
    {
        var netting = now.Company.Get<PoliciesFacts>().Current.Policy.Netting;
        var told = ExposureOf.Nodes(root, now.Company, payer, netting, now.Today).Select(node => (node.Number, node.Level, node.Compared, node.Limit.Amount));
        var counted = Oracle.Tests(root, now.Company, payer, now.Today, netting.Unapplied).Select(test => (test.Node, test.Level, test.Exposure, test.Limit));
        Assert.Equal(counted, told);
    }
}
