using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Aval.Cash.Rules;

/// <summary>How the payer of a bank line was found.</summary>
public enum PayerEvidence
{
    /// <summary>It names documents that one payer owes.</summary>
    Reference,
    /// <summary>It came from an account that one payer has paid from.</summary>
    Account,
    /// <summary>It carries the name of one customer.</summary>
    Name,
    /// <summary>It carries a name or a word that a person has told to be one payer's.</summary>
    Alias,
    /// <summary>It has the amount of an open invoice: never enough by itself.</summary>
    Amount,
}

/// <summary>An open invoice of anybody.</summary>
/// <param name="Open">Minor units of its currency.</param>
public readonly record struct OpenReference(string Number, string? Order, string Payer, long Open);

/// <summary>Who may have paid a bank line: by what it refers to, else by its account, else by its name, else by a word or name that was learned.</summary>
/// <remarks>Whoever is not the only one is nobody.</remarks>
public sealed class PayerFinder
{
    const int MostMentions = 64;

    /// <summary>Whoever may have paid, beyond so many, is anybody.</summary>
    const int MostCandidates = 10;

    /// <summary>An amount that more payers owe tells nothing.</summary>
    const int MostOfOneAmount = 3;

    /// <summary>A group with more floors than this is an error of whoever entered it.</summary>
    const int DeepestGroup = 64;

    /// <summary>Who pays so much of what it names, pays all of it but for a cash discount.</summary>
    const decimal LeastOfSum = 0.95m;

    /// <summary>A name within another one must have so many letters to be worth a look.</summary>
    const int ShortestName = 5;

    /// <summary>What legal forms add to a name, and banks leave out.</summary>
    static readonly FrozenSet<string> LegalForms = new[]
    {
        "GMBH", "AG", "KG", "OHG", "SE", "EK", "CO", "COMPANY", "LTD", "LIMITED", "PLC", "LLC", "LLP", "INC", "CORP", "CORPORATION", "SA", "SAS", "SARL", "EURL", "SNC", "SPA",
        "SRL", "SL", "BV", "NV", "AB", "AS", "APS", "OY", "OYJ", "KFT", "ZRT", "SPZOO", "LDA", "UND", "AND", "ET",
    }.ToFrozenSet(StringComparer.Ordinal);

    readonly IReadOnlyList<OpenReference> open;
    readonly ReferenceIndex references;
    readonly FrozenDictionary<string, string?> byName;
    readonly ImmutableDictionary<string, string?> byAccount;
    readonly FrozenDictionary<(LessonKind, string), string?> byLesson;
    readonly IReadOnlyList<Lesson> forms;
    readonly Lazy<Possible> possible;
    readonly IReadOnlyDictionary<string, string> above;

    /// <param name="lessons">What was learned of payers and holds.</param>
    /// <param name="names">Customers' names and their payers.</param>
    /// <param name="above">What stands directly above a customer in its group's tree.</param>
    public PayerFinder(
        IReadOnlyList<OpenReference> open, IReadOnlyList<Lesson> lessons, IEnumerable<(string Name, string Payer)> names,
        IReadOnlyDictionary<string, string>? above = null)
    {
        (this.open, this.above) = (open, above ?? FrozenDictionary<string, string>.Empty);
        references = ReferenceIndex.Of([.. open.Select(invoice => new Referable(invoice.Number, invoice.Order))]);
        var accounts = lessons.Where(lesson => lesson.Kind == LessonKind.Account).Select(lesson => (lesson.Text, lesson.Payer)).ToList();
        byLesson = lessons.GroupBy(lesson => (lesson.Kind, lesson.Text))
            .ToFrozenDictionary(group => group.Key, group => group.Select(lesson => lesson.Payer).Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only] ? only : null);
        forms = [.. lessons.Where(lesson => lesson.Kind == LessonKind.NumberForm)];
        byAccount = Only(accounts).ToImmutableDictionary(StringComparer.Ordinal);
        var bare = names.Select(named => (Name: Bare(named.Name), named.Payer)).Where(named => named.Name.Length > 0).ToList();
        byName = Only(bare);
        possible = new(() => Possible.Of(open, accounts, bare));
    }

    PayerFinder(PayerFinder other, ImmutableDictionary<string, string?> byAccount) =>
        (open, references, byName, this.byAccount, byLesson, forms, possible, above) =
        (other.open, other.references, other.byName, byAccount, other.byLesson, other.forms, other.possible, other.above);

    /// <summary>The same, knowing one account more.</summary>
    public PayerFinder Knowing(string account, string payer) =>
        new(this, byAccount.SetItem(account, byAccount.TryGetValue(account, out var known) && known != payer ? null : payer));

    /// <param name="account">The counterparty's, in capitals, letters and digits; null when the bank does not tell it.</param>
    /// <param name="name">The counterparty's; null when the bank does not tell it.</param>
    /// <returns>Null when there is nobody, or more than one.</returns>
    public (string Payer, PayerEvidence Evidence)? Find(Remittance paid, string? account, string? name)
    {
        var referred = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in paid.StructuredReferences)
            referred.UnionWith(PaymentReferences.DocumentsOf(reference, references).Select(at => open[at].Payer));
        var said = Mentioned(paid);
        var certain = referred.Count > 0 ? referred : said.Certain;
        var (known, called) = (account is null ? null : byAccount.GetValueOrDefault(account), name is null ? null : byName.GetValueOrDefault(Bare(name)));
        if (PaysFor(known, certain)) return (known!, PayerEvidence.Account);
        if ((known is null || known == called) && PaysFor(called, certain)) return (called!, PayerEvidence.Name);
        if (certain.Count == 1) return referred.Count > 0 || !said.IsContradicted(certain.First(), paid.Amount, known, called) ? (certain.First(), PayerEvidence.Reference) : null;
        // Without a number, an account that was learned of one and a name that is another's tell nobody.
        if (certain.Count == 0 && known is not null && called is not null && known != called) return null;
        // A number that several payers' documents have is theirs of whom account or name tells.
        if (known is not null && (certain.Count == 0 || certain.Contains(known))) return (known, PayerEvidence.Account);
        if (called is not null && (certain.Count == 0 || certain.Contains(called))) return (called, PayerEvidence.Name);
        // Who pays for several from one account does so under one name.
        var under = account is not null && byAccount.TryGetValue(account, out var whose) && whose is null ? null : name;
        if (certain.Count == 0 && Aliases(paid, under, LessonKind.Word).ToHashSet(StringComparer.Ordinal) is { Count: 1 } alias) return (alias.First(), PayerEvidence.Alias);
        return certain.Count == 0 && said.Agreeing.Count == 1 ? (said.Agreeing.First(), PayerEvidence.Reference) : null;
    }

    /// <summary>All who may have paid what <see cref="Find"/> gives to nobody, those for whom most speaks first; at most ten.</summary>
    /// <inheritdoc cref="Find"/>
    public ImmutableArray<PossiblePayer> Candidates(Remittance paid, string? account, string? name)
    {
        var told = new Dictionary<string, SortedSet<PayerEvidence>>(StringComparer.Ordinal);
        void Tell(PayerEvidence evidence, IEnumerable<string> payers)
        {
            foreach (var payer in payers) (told.TryGetValue(payer, out var of) ? of : told[payer] = []).Add(evidence);
        }

        var said = Mentioned(paid);
        Tell(PayerEvidence.Reference, said.Certain.Union(said.Agreeing).Union(said.Foreign));
        if (account is not null) Tell(PayerEvidence.Account, possible.Value.ByAccount[account]);
        Tell(PayerEvidence.Alias, Aliases(paid, name, LessonKind.Word).Concat(Aliases(paid, null, LessonKind.Style)));
        if (name is not null && Bare(name) is { Length: > 0 } bare) Tell(PayerEvidence.Name, possible.Value.Named(bare));
        var owing = possible.Value.ByAmount[paid.Amount].Distinct(StringComparer.Ordinal).ToList();
        Tell(PayerEvidence.Amount, owing.Count <= MostOfOneAmount ? owing : owing.Where(told.ContainsKey));
        return
        [
            .. told.OrderByDescending(of => of.Value.Count).ThenBy(of => of.Value.Min).ThenBy(of => of.Key, StringComparer.Ordinal).Take(MostCandidates)
                .Select(of => new PossiblePayer(of.Key, [.. of.Value])),
        ];
    }

    /// <summary>What is looked at only where nobody was found.</summary>
    sealed record Possible(ILookup<string, string> ByAccount, ILookup<long, string> ByAmount, IReadOnlyList<(string Name, string Payer)> Names)
    {
        public static Possible Of(IReadOnlyList<OpenReference> open, IEnumerable<(string Account, string Payer)> accounts, IReadOnlyList<(string, string)> names) => new(
            accounts.ToLookup(pair => pair.Account, pair => pair.Payer, StringComparer.Ordinal), open.ToLookup(invoice => invoice.Open, invoice => invoice.Payer), names);

        /// <summary>Those whose name this is, or a part of it by whole words, or the other way round.</summary>
        public IEnumerable<string> Named(string bare) =>
            Names.Where(named => named.Name == bare || IsWithin(named.Name, bare) || IsWithin(bare, named.Name)).Select(named => named.Payer);

        static bool IsWithin(string name, string other) =>
            name.Length >= ShortestName && other.Length > name.Length && $" {other} ".Contains($" {name} ", StringComparison.Ordinal);
    }

    /// <summary>Who was learned to write such words, or to pay under this name, where nobody else was.</summary>
    IEnumerable<string> Aliases(Remittance paid, string? name, LessonKind kind)
    {
        if (byLesson.Count == 0) yield break;
        if (name is not null && byLesson.GetValueOrDefault((LessonKind.Name, Bare(name))) is { } called) yield return called;
        foreach (var word in WrittenWords.In(paid.Text))
            if ((kind == LessonKind.Style ? WrittenWords.StyleOf(word) : word) is { } written && byLesson.GetValueOrDefault((kind, written)) is { } payer) yield return payer;
    }

    /// <summary>Whether it is a head office that pays for others, or for itself and others.</summary>
    bool PaysFor(string? payer, HashSet<string> owing) =>
        payer is not null && owing.Any(other => other != payer) && owing.All(other => other == payer || StandsAbove(payer, other));

    bool StandsAbove(string head, string payer)
    {
        var at = payer;
        for (var step = 0; step < DeepestGroup && above.TryGetValue(at, out var next); step++)
        {
            if (next == head) return true;
            at = next;
        }

        return false;
    }

    Mentions Mentioned(Remittance paid)
    {
        var said = new Mentions([], [], [], [], []);
        Span<Mention> found = stackalloc Mention[MostMentions];
        var documents = new HashSet<int>();
        foreach (var mention in found[..references.Find(paid.Text, found)])
        {
            var document = open[mention.Document];
            if (document.Open == paid.Amount) said.Agreeing.Add(document.Payer);
            if (mention.Foreign) said.Foreign.Add(document.Payer);
            if (!mention.IsCertain) continue;
            said.Certain.Add(document.Payer);
            if (mention.Announced || mention.Spelling != Spelling.Digits) said.InFull.Add(document.Payer);
            if (documents.Add(mention.Document)) said.Sums[document.Payer] = said.Sums.GetValueOrDefault(document.Payer) + document.Open;
        }

        foreach (var form in forms)
            foreach (var number in NumberForm.Read(paid.Text, [form.Text]))
                if (references.WithNumber(number).Any(at => open[at].Payer == form.Payer) && said.Certain.Add(form.Payer)) said.InFull.Add(form.Payer);

        return said;
    }

    /// <summary>Whose documents the text names.</summary>
    /// <param name="Certain">Surely.</param>
    /// <param name="Agreeing">Number and amount agree.</param>
    /// <param name="Foreign">By digits that are said to be something else's.</param>
    /// <param name="InFull">With the number's letters, or after a word that announces it.</param>
    /// <param name="Sums">What is open of all that is surely named, by payer.</param>
    sealed record Mentions(HashSet<string> Certain, HashSet<string> Agreeing, HashSet<string> Foreign, HashSet<string> InFull, Dictionary<string, long> Sums)
    {
        /// <summary>Whether number and amount disagree, and account or name says another payer, or neither knows it and the number is digits alone.</summary>
        public bool IsContradicted(string payer, long amount, string? known, string? called)
        {
            if (payer == known || payer == called || Agreeing.Contains(payer)) return false;
            var owed = Sums.GetValueOrDefault(payer);
            if (amount <= owed && amount >= owed * LeastOfSum) return false;
            return known is not null || called is not null || !InFull.Contains(payer);
        }
    }

    static FrozenDictionary<string, string?> Only(IEnumerable<(string Key, string Payer)> pairs) => pairs.GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Payer).Distinct(StringComparer.Ordinal).Take(2).ToImmutableArray() is [var only] ? only : null,
            StringComparer.Ordinal);

    /// <summary>A name's words in capitals, without punctuation and legal forms.</summary>
    public static string Bare(string name) => string.Join(' ', new string([.. name.ToUpperInvariant().Select(sign => char.IsLetterOrDigit(sign) ? sign : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !LegalForms.Contains(word)));
}
