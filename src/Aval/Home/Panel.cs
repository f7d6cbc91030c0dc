using Aval.Kernel;
using Aval.Web;

namespace Aval.Home;

/// <summary>One thing of a panel, and where it leads.</summary>
/// <param name="Name">What the link says: most often a number.</param>
public sealed record PanelLine(string Name, string Href)
{
    /// <summary>What is to be done with it, said before its name.</summary>
    public string? ToDo { get; init; }

    /// <summary>The customer or payer by name; null where there is none.</summary>
    public string? Whose { get; init; }

    /// <summary>One sentence.</summary>
    public string? Says { get; init; }

    public Money? Amount { get; init; }
    public DateOnly? Day { get; init; }
    public PanelTag? Tag { get; init; }

    /// <summary>Its day has passed.</summary>
    public bool IsLate { get; init; }
}

/// <param name="Kind">How it is coloured; null for neither good nor bad.</param>
public sealed record PanelTag(string Name, string? Kind = null);

/// <summary>A figure at a glance, and where it is told in full.</summary>
public sealed record PanelFigure(string Name, string Value, string Href)
{
    public string? Says { get; init; }
}

/// <summary>A small part of the home page: the first of a list, how many there are, and the way to all of them.</summary>
/// <param name="Href">The full list: as many as the total, ordered and filtered and taken along as people like.</param>
/// <param name="Total">All of them, of which the lines are the first.</param>
public sealed record Panel(string Title, string Href, int Total, IReadOnlyList<PanelLine> Lines)
{
    /// <summary>The most lines that one shows.</summary>
    public const int Most = 6;

    /// <summary>Said where there is nothing: good news, in the words of its reader.</summary>
    public required string Empty { get; init; }

    /// <summary>There may be more than were counted.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>What one does with its first line, where the line does not say that itself; null where there is nothing to do.</summary>
    public string? ToDo { get; init; }

    /// <summary>Its days are those by which something is to be done.</summary>
    public bool IsByDay { get; init; }

    /// <summary>One sentence on all of it.</summary>
    public string? Says { get; init; }

    public IReadOnlyList<PanelFigure> Figures { get; init; } = [];

    /// <summary>Some of its figures are being counted: it is read again in a moment.</summary>
    public bool IsCounting { get; init; }

    /// <summary>What to do first of it; null when there is nothing.</summary>
    public PanelLine? Next => Asks.FirstOrDefault();

    /// <summary>Its lines with which something is to be done.</summary>
    public IEnumerable<PanelLine> Asks =>
        from line in Lines where (line.ToDo ?? ToDo) is not null select line with { ToDo = line.ToDo ?? ToDo, Day = IsByDay ? line.Day : null };

    public bool IsEmpty => Lines.Count == 0 && Figures.Count == 0;
}

/// <summary>A panel that a home may have: for whom it is, what it reads, and what changes it.</summary>
/// <param name="Id">In its address and as its element: <c>near-limit</c>.</param>
/// <param name="Right">Without it nobody sees the panel, whatever their role.</param>
/// <param name="Roles">Whose home it is on; empty for everybody's.</param>
/// <param name="Follows">What changes it: <c>work</c> for what the work lists tell, <c>all</c> for anything that was committed.</param>
sealed record PanelKind(string Id, Permission Right, IReadOnlyList<string> Roles, string Follows, Func<PageRequest, CancellationToken, Task<Panel>> ReadAsync)
{
    /// <summary>Those of its roles whose own work it is: their home begins with it, before what lies on everybody's lists.</summary>
    public IReadOnlyList<string> BeginsFor { get; init; } = [];

    public static string Address(string id) => "/panels/" + id;
}
