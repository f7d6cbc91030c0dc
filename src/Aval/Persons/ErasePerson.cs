using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Persons;

/// <summary>Whose data is erased, at all roots.</summary>
/// <param name="Name">A user's name, or a name or address as it was written, at least three characters; capitals make no difference.</param>
/// <param name="Reason">Why; it is kept, so it must not name the person.</param>
/// <param name="Customer">A customer that is this person, as a sole trader: name, address and contacts of its record are erased whatever they say.</param>
public sealed record PersonErasureBody(string Name, string Reason, string? Customer = null);

/// <param name="Texts">Texts that were erased beside the journal, and with them those of the rows.</param>
/// <param name="Roots">At how many roots.</param>
/// <param name="Acts">Entries of the journal that still name them as the actor: who decided stays for as long as the decision.</param>
/// <param name="Rows">Columns of rows that still name them, for the same reason.</param>
public sealed record PersonErasureAnswer(int Texts, int Roots, int Acts, int Rows);

/// <summary>Erases the texts that name a person from the journal of every root and from every version of the rows, and their account beside it. The chains still verify.</summary>
/// <remarks>Interrupted, it is finished by asking again: what is erased already counts for nothing.</remarks>
static class ErasePerson
{
    internal static readonly ProblemKind InUse = new("person-in-use", 409, "This person is still at work here",
        "Disable the user, or make the customer inactive, first: what they need to work cannot be erased.");

    internal static void Map(Api api) => api.Post<PersonErasureBody, PersonErasureAnswer>(
        "/person-erasures", PersonPermissions.ErasePersons, "Erases a person's texts at all roots, from the journal and every version of the rows, and their account.",
        (body, request, cancel) => RunAsync(request.Desk.Whole, request.Desk.Everything, body, request.Actor, cancel), [KernelProblems.NotFound, InUse]);

    public static async Task<Answered<PersonErasureAnswer>> RunAsync(Desk desk, Store store, PersonErasureBody asked, Actor actor, CancellationToken cancel)
    {
        var name = asked.Name.Trim();
        if (PersonBody.Refuse(name) is { } unnamed) return unnamed;
        if (string.IsNullOrWhiteSpace(asked.Reason)) return KernelProblems.Invalid("reason", "must say why");
        if (asked.Reason.Contains(name, StringComparison.OrdinalIgnoreCase)) return KernelProblems.Invalid("reason", "must not repeat what is erased");
        var access = (await desk.CompanyAsync(cancel)).Get<AccessFacts>();
        if (access.AtWork(name) is { } atWork) return InUse.With($"The user {atWork.Name} may still sign in.", "name");
        var user = access.Person(name);
        var found = await FindAsync(desk, store, name, user?.Name, asked.Customer, cancel);
        if (found.Problem is { } refused) return refused;
        var (texts, roots) = (0, 0);
        foreach (var (root, ids) in found.Value!)
        {
            var erased = await new Erasure(desk, store).EraseAsync(root, ids, actor, cancel, asked.Reason);
            if (erased.Problem is { } problem) return problem;
            (texts, roots) = (texts + erased.Texts, roots + 1);
        }

        if (user is not null) await new UserTraces(store.Whole).ForgetAsync(user.Name, cancel);
        await using var reader = await store.Whole.SnapshotAsync(cancel);
        var search = new PersonSearch(store.Composition, reader);
        return new PersonErasureAnswer(
            texts, roots, (await search.ActsAsync($"person:{user?.Name ?? name}", cancel)).Count, await search.ColumnsAsync(name, cancel).CountAsync(cancel));
    }

    /// <summary>The texts that are meant, by root: those that name the person, and all of their account and of the customer that they are.</summary>
    static async Task<Answered<Dictionary<string, List<TextId>>>> FindAsync(
        Desk desk, Store store, string name, string? user, string? customer, CancellationToken cancel)
    {
        var found = new SortedDictionary<string, HashSet<TextId>>(StringComparer.Ordinal);
        HashSet<TextId> At(string root) => found.TryGetValue(root, out var known) ? known : found[root] = [];
        string? root = null;
        if (customer is not null)
        {
            if (await desk.ViewAsync(customer, cancel) is not var (facts, company)) return KernelProblems.NotFound.With($"There is no customer {customer}.", "customer");
            if (facts.Find<Customer>(customer) is { } known && !(known.InactiveSince <= company.Through)) return InUse.With($"The customer {customer} is still one.", "customer");
            root = facts.Root;
        }

        await using var reader = await store.Whole.SnapshotAsync(cancel);
        var search = new PersonSearch(store.Composition, reader);
        await foreach (var text in search.TextsAsync(name, cancel)) At(text.Root).Add(new TextId(text.Entry, text.Number));
        if (user is not null) At(Facts.Company).UnionWith(await search.OfRowAsync(User.Table, Facts.Company, user, cancel));
        if (root is not null) At(root).UnionWith(await search.OfRowAsync(PartiesFacts.Table, root, customer!, cancel));
        return found.Where(at => at.Value.Count > 0).ToDictionary(at => at.Key, at => at.Value.ToList(), StringComparer.Ordinal);
    }
}
