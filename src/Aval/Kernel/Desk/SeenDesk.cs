using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>The Desk as one caller has it: a party that they do not see (<see cref="ISight"/>), and whatever belongs to it, is not there for them, to read or to act on.</summary>
public sealed class SeenDesk
{
    readonly Store store;
    readonly string? sight;

    public SeenDesk(Desk whole, Store store, Actor actor)
    {
        (Whole, this.store) = (whole, store);
        sight = store.Composition.Sight?.Of(actor);
        Directory = sight is null ? whole.Directory : new SeenDirectory(this);
    }

    /// <summary>What the caller sees of the database.</summary>
    public Store Store => field ??= new SeenStore(store, sight);

    /// <summary>The database with what the caller does not see, for whom it is read all the same, in time: figures of a party that they do see, to which others add.</summary>
    public Store Everything => field ??= new SeenStore(store, null);

    public Desk Whole { get; }

    public IDirectory Directory { get; }

    /// <inheritdoc cref="Desk.Depth"/>
    public int Depth => Whole.Depth;

    /// <summary>True when the caller sees some parties alone.</summary>
    public bool IsNarrow => sight is not null;

    /// <inheritdoc cref="Desk.ViewAsync"/>
    public async Task<(Facts Root, Facts Company)?> ViewAsync(string party, CancellationToken cancel, Action<object>? unrecorded = null) =>
        await SeesAsync(party, cancel) ? await Whole.ViewAsync(party, cancel, unrecorded) : null;

    /// <inheritdoc cref="Desk.CompanyAsync"/>
    public Task<Facts> CompanyAsync(CancellationToken cancel) => Whole.CompanyAsync(cancel);

    /// <inheritdoc cref="Desk.SubmitInTimeAsync"/>
    public Task<Answer> SubmitAsync(Command command, Actor actor, CancellationToken cancel = default) =>
        Whole.SubmitInTimeAsync(command, actor, cancel, () => RefuseAsync(command, cancel));

    /// <inheritdoc cref="Desk.TryAsync"/>
    public async Task<Answer> TryAsync(Command command, Actor actor, CancellationToken cancel) =>
        await RefuseAsync(command, cancel) is { } refusal ? refusal : await Whole.TryAsync(command, actor, cancel);

    /// <summary>True when the caller sees this party.</summary>
    public async Task<bool> SeesAsync(string party, CancellationToken cancel)
    {
        if (sight is null) return true;
        await using var reader = await store.SnapshotInTimeAsync(cancel);
        return await reader.SeesPartyAsync(sight, party, cancel);
    }

    /// <summary>True when there is such a document and it is somebody's whom the caller does not see.</summary>
    /// <param name="scope">The kind of document, as in its <see cref="Claim"/>.</param>
    public async Task<bool> HidesAsync(string scope, string number, CancellationToken cancel) =>
        sight is not null && await Whole.Directory.PartyOfAsync(scope, number, cancel) is { } party && !await SeesAsync(party, cancel);

    /// <summary>True when the caller sees all parties at this root, hence may read its journal; that of the company is for whoever sees everything.</summary>
    public async Task<bool> SeesRootAsync(string root, CancellationToken cancel)
    {
        if (sight is null) return true;
        await using var reader = await store.SnapshotInTimeAsync(cancel);
        return await reader.SeesRootAsync(sight, root, cancel);
    }

    /// <summary>What is wrong with the command itself is told first, as to everybody.</summary>
    async Task<Problem?> RefuseAsync(Command command, CancellationToken cancel)
    {
        if (sight is null || command.Subject == Subject.Company) return null;
        if (command.Refuse() is { } refusal) return refusal;
        var subject = command.Subject;
        var party = subject.Scope is null ? subject.Number : await Whole.Directory.PartyOfAsync(subject.Scope, subject.Number, cancel);
        if (party is null || await SeesAsync(party, cancel)) return null;
        return subject.Unknown is null ? KernelProblems.NotPermitted.With($"{subject.Number} is not theirs to enter.") : Desk.Unknown(subject);
    }

    sealed class SeenDirectory(SeenDesk desk) : IDirectory
    {
        public async Task<string?> RootOfAsync(string party, CancellationToken cancel) =>
            await desk.SeesAsync(party, cancel) ? await desk.Whole.Directory.RootOfAsync(party, cancel) : null;

        public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel) =>
            await desk.Whole.Directory.PartyOfAsync(scope, number, cancel) is { } party && await desk.SeesAsync(party, cancel) ? party : null;

        public async Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) =>
            await desk.SeesAsync(party, cancel) ? await desk.Whole.Directory.UnderAsync(party, cancel) : [];
    }
}
