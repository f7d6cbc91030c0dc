using Aval.Kernel;
using Aval.Parties;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Receivables;

/// <param name="PayerName">Its number where the name is not known.</param>
/// <param name="Currency">The company's.</param>
public sealed record AgingLine(PayerAging Aged, string PayerName, Currency Currency)
{
    public AgingBuckets Buckets => Aged.Aging;

    public Money Of(long minor) => new(minor, Currency);
}

/// <param name="Bucket">Only payers with something so late; null for all.</param>
/// <param name="All">All payers that the filter names.</param>
/// <param name="Since">When it was counted where something has changed since; null where nothing has.</param>
public sealed record AgingView(
    ListShown Shown, string? Payer, AgingBucket? Bucket, IReadOnlyList<AgingLine> Lines, int Total, AgingLine All, int Payers, DateTimeOffset? Since);

/// <summary>Shows how old receivables are today, and leads from a bucket to its payers, to what they owe, to the document.</summary>
static class ListAging
{
    public const string Path = "/aging";

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, ReceivablesPermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "aging", Path, ["bucket", "payer"], AgingSearch.Names);
        var (payer, bucket, home) = (request.Query("payer"), request.Word<AgingBucket>("bucket"), request.Company.Get<Company.CompanyFacts>().Main!.Currency);
        var payers = await CustomerSearch.MeantAsync(request.Store, payer, cancel);
        var (by, descending) = shown.By is null && bucket is { } late ? (Kernel.Storage.Words.Of(late), true) : (shown.By, shown.Descending);
        var (owed, since) = await request.Get<OwedNow>().OfAsync(request, cancel);
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Aging"), AgingPage.Columns, async part => await LinesAsync(Page(part)));
        var aged = Page(shown);
        return PageAnswer.Of<AgingPage, AgingView>(
            T("Aging"), new AgingView(shown, payer, bucket, await LinesAsync(aged), aged.Total, new AgingLine(aged.All, "", home), aged.Count, since));

        AgedPayers Page(ListShown part) => AgingSearch.Page(owed.Payers, payers, bucket, by, descending, part.Skip, part.Most);

        async Task<IReadOnlyList<AgingLine>> LinesAsync(AgedPayers read)
        {
            var names = await CustomerSearch.NamesAsync(request.Store, read.Payers.Select(one => one.Payer), cancel);
            return [.. read.Payers.Select(one => new AgingLine(one, names.GetValueOrDefault(one.Payer, one.Payer), home))];
        }
    });

    /// <summary>What a payer owes that is so late; all that is open when null.</summary>
    public static string Items(string payer, AgingBucket? bucket) => Links.With(
        "/invoices", ("payer", payer), bucket is { } late ? ("bucket", Kernel.Storage.Words.Of(late)) : ("state", Kernel.Storage.Words.Of(InvoiceState.Open)), ("by", "due"));
}
