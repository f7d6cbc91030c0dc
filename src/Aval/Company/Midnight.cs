using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.Logging;

namespace Aval.Company;

/// <summary>Moves the business date at the company's midnight, where the clock is real.</summary>
/// <remarks>It does nothing else: decisions depend on the date, and what the night does (<see cref="NightWork"/>) may take long. Of several nodes the leader does it.</remarks>
public sealed class Midnight(Desk desk, Leader leader, ServerOptions options, ILogger<Midnight> log) : Recurring(TimeSpan.FromSeconds(1), log)
{
    string? zone;

    /// <summary>The date that it is for the company at this instant.</summary>
    public static DateOnly DateAt(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    protected override string Purpose => "to move the business date";

    protected override async Task TurnAsync(CancellationToken cancel)
    {
        if (options.Today is not null || !leader.Leads) return;
        var company = await desk.CompanyAsync(cancel);
        zone ??= company.Get<CompanyFacts>().Main!.TimeZone;
        var date = DateAt(options.Clock.GetUtcNow(), zone);
        // A store that was ahead of the real date (a demonstration) waits there until the date has come.
        if (company.Through >= date) return;
        var moved = await desk.SubmitAsync(new MoveClock(date), Actor.Rule("midnight"), cancel: cancel);
        if (moved.Problem is { } problem) log.LogWarning("The date could not be moved to {Date}: {Problem}", date, problem);
    }
}
