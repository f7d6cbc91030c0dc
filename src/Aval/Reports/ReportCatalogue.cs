namespace Aval.Reports;

/// <summary>The reports there are.</summary>
public static class ReportCatalogue
{
    public static IReadOnlyList<Report> All { get; } =
    [
        AgingReports.Aging, OpenItemsReport.Report, LedgerReport.Report, UnappliedReport.Report, PeriodReports.DaysOfSales, PeriodReports.Collection, PeriodReports.Trend,
        PeriodReports.RollRates, AgingReports.ExpectedLoss, ForecastReport.Report, PortfolioReport.Report, StatementOfAccount.Report,
    ];

    public static Report? Find(string name) => All.FirstOrDefault(report => report.Name == name);
}
