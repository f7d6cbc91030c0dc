using Aval.Kernel;

namespace Aval.Access;

/// <summary>Somebody of the demonstration's company.</summary>
/// <param name="Does">What they come for, in half a sentence.</param>
public sealed record DemoPerson(string Name, string Role, string Does);

/// <summary>The people whom a demonstration lets one be. A real server knows none of them.</summary>
public static class DemoPeople
{
    /// <summary>Everybody's, and known to everybody: a demonstration listens on this machine alone.</summary>
    public const string Password = "try Aval today";

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("Clara Novak", Roles.CreditManager, "decides on held orders"),
        new("Ben Adler", Roles.CreditAnalyst, "prepares decisions and small ones decides"),
        new("Rosa Lindqvist", Roles.CustomerService, "enters orders and completes them"),
        new("Omar Haddad", Roles.AccountsReceivable, "applies receipts"),
        new("Milan Kovac", Roles.OrderManager, "says what may be picked and shipped"),
        new("Piotr Zielinski", Roles.Collector, "asks for what is due and takes promises"),
        new("Ines Moreau", Roles.Sales, "follows their own customers"),
        new("Jonas Petri", Roles.MasterData, "keeps customers and rates"),
        new("Helena Voss", Roles.Leadership, "takes the exceptions and the policy"),
        new("Ada Brandt", Roles.Administrator, "gives people their roles and keys"),
    ];

    /// <summary>Enters those who are missing, each with the password that everybody knows.</summary>
    internal static async Task SettleAsync(Desk desk, Passwords passwords)
    {
        var known = (await desk.CompanyAsync(CancellationToken.None)).Get<AccessFacts>();
        var missing = All.Where(person => known.User(person.Name) is null).ToList();
        foreach (var person in missing) await desk.SubmitAsync(new PutUser(person.Name, new UserBody([person.Role])), Actor.Rule("start"));
        if (missing.Count > 0) await passwords.SetAllAsync(missing.Select(person => person.Name), Password, CancellationToken.None);
    }
}
