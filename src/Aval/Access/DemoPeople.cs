using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Somebody of the demonstration's company.</summary>
/// <param name="Does">What they come for, in half a sentence.</param>
public sealed record DemoPerson(string Name, string Role, string Does);

/// <summary>The people whom a demonstration lets one be, without a password. A real server knows none of them.</summary>
public static class DemoPeople
{
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("Clara Novak", Roles.CreditManager, "decides on held orders"),
        new("Ben Adler", Roles.CreditAnalyst, "prepares decisions and small ones decides"),
        new("Rosa Lindqvist", Roles.CustomerService, "enters orders and completes them"),
        new("Omar Haddad", Roles.AccountsReceivable, "applies receipts"),
        new("Ines Moreau", Roles.Sales, "follows their own customers"),
        new("Jonas Petri", Roles.MasterData, "keeps customers and rates"),
        new("Helena Voss", Roles.Leadership, "takes the exceptions and the policy"),
    ];

    /// <summary>The actor of this name; null where there is none, or the server is no demonstration.</summary>
    public static Actor? Find(ServerOptions options, string name) =>
        options.Demo && All.FirstOrDefault(person => person.Name == name) is { } found
            ? new Actor(ActorKind.Person, found.Name, new HashSet<string>(StringComparer.Ordinal) { found.Role })
            : null;
}
