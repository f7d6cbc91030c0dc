using System.Security.Cryptography;
using System.Text;
using Aval.Company;
using Aval.Kernel;
using Aval.Work.Rules;

namespace Aval.Work;

/// <summary>Puts things on lists and takes them off, in the case that makes or ends them.</summary>
public static class Lists
{
    /// <summary>How it is named in the directory; what is to be decided on a block goes by the block's own id.</summary>
    public const string Scope = "work";

    /// <summary>Puts one thing on its owner's list, with a clock. What lies there about the same subject already lends it its owner, its person and its clock.</summary>
    public static void Put(Case @case, WorkItem item)
    {
        var known = @case.Facts.Get<WorkFacts>().About(item.About).FirstOrDefault();
        var due = Deadline.In(@case, item.Hours);
        @case.Name(Scope, item.Id, item.Customer);
        Record(@case, item with
        {
            Owner = known?.Owner ?? item.Owner, Person = known?.Person, SnoozedUntil = known?.SnoozedUntil, Note = known?.Note, EscalatedTo = known?.EscalatedTo,
            DueAt = known is null ? due.At : known.DueAt, DueOn = known is null ? due.On : known.DueOn,
        });
    }

    /// <summary>An id that no other item has, whatever root it is made at.</summary>
    /// <param name="what">Tells those of one case apart.</param>
    public static string IdAt(Case @case, string what) =>
        "w" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{@case.Place}")).AsSpan(0, 10));

    /// <summary>It is done: by a person, or by facts that leave nothing to do.</summary>
    public static void End(Case @case, WorkItem item) =>
        Record(@case, item with { Status = WorkStatus.Done, EndedAt = @case.Now, EndedBy = @case.Actor.ToString() });

    /// <summary>Recorded when anything about it is new.</summary>
    public static void Record(Case @case, WorkItem item)
    {
        if (@case.Facts.Find<WorkItem>(item.Id) is { } known && known with { Changed = item.Changed } == item) return;
        @case.Put(WorkFacts.Table, item with { Changed = Instants.Micros(@case.Now) });
    }
}

/// <summary>Instants as whole numbers, which every database orders alike.</summary>
static class Instants
{
    public static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
