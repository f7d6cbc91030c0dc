using Aval.Access;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>The people of the invented company, acting through the product's own commands.</summary>
sealed class Colleagues(Desk desk, PastClock clock, CancellationToken cancel)
{
    public static readonly Actor Clara = Person("Clara Novak");
    public static readonly Actor Ben = Person("Ben Adler");
    public static readonly Actor Rosa = Person("Rosa Lindqvist");
    public static readonly Actor Omar = Person("Omar Haddad");
    public static readonly Actor Piotr = Person("Piotr Zielinski");
    public static readonly Actor Ines = Person("Ines Moreau");
    public static readonly Actor Jonas = Person("Jonas Petri");
    public static readonly Actor Helena = Person("Helena Voss");
    public static readonly Actor Ada = Person("Ada Brandt");

    // Nobody signs in as these: what they do is done beside the screens of the demonstration.
    public static readonly Actor Marta = Person("Marta Keller", Roles.Finance);
    public static readonly Actor Quentin = Person("Quentin Roy", Roles.Quality);
    public static readonly Actor Bianca = Person("Bianca Ferri", Roles.Billing);

    /// <summary>Who decides about held orders, whoever may the least first.</summary>
    public static readonly Actor[] Deciders = [Ben, Clara, Helena];

    const int MinutesAnAct = 4;

    /// <summary>What came of it; null when it was refused, which happens to people too.</summary>
    public async Task<Outcome?> DoAsync(Command command, Actor actor)
    {
        var answer = await desk.SubmitAsync(command, actor, cancel: cancel);
        if (answer.Problem is null) clock.Pass(MinutesAnAct);
        return answer.Outcome;
    }

    /// <summary>The facts of the customer's root as they stand.</summary>
    public async Task<Facts> FactsAsync(string customer) => (await desk.ViewAsync(customer, cancel))!.Value.Root;

    static Actor Person(string name) => Person(name, DemoPeople.All.First(person => person.Name == name).Role);

    static Actor Person(string name, string role) => new(ActorKind.Person, name, new HashSet<string>(StringComparer.Ordinal) { role });
}
