using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Company;

/// <summary>The company and its business date.</summary>
/// <param name="Clock">Who moves the business date.</param>
public sealed record CompanyAnswer(string Number, string Name, Currency Currency, string TimeZone, DateOnly Today, ClockKind Clock);

public enum ClockKind
{
    /// <summary>Midnight in the company's time zone.</summary>
    Real,
    /// <summary><c>POST /clock</c>.</summary>
    Fixed,
}

static class ReadCompany
{
    internal static void Map(Api api) => api.Get<CompanyAnswer>(
        "/company", Permissions.Read, "Reads the company and its business date.", async (request, cancel) =>
        {
            var facts = await request.Desk.CompanyAsync(cancel);
            var main = facts.Get<CompanyFacts>().Main!;
            var clock = request.Get<ServerOptions>().Today is null ? ClockKind.Real : ClockKind.Fixed;
            return new CompanyAnswer(main.Number, main.Name, main.Currency, main.TimeZone, facts.Through, clock);
        });
}
