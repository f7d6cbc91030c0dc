namespace Aval.Kernel.Web;

/// <summary>What is erased by itself once it is so old.</summary>
public enum Kept
{
    /// <summary>The texts of documents that are closed: orders, disputes, promises, bank lines and others, by the day of their last entry.</summary>
    Documents,
    /// <summary>Full name and address of users, by the day on which they were disabled.</summary>
    Users,
    /// <summary>Names, addresses and contacts of customers, by the day since which they are inactive.</summary>
    Customers,
    /// <summary>Lines of the access log; a year at least.</summary>
    AccessLog,
}

/// <summary>For how many months something is kept after it is over.</summary>
public sealed record RetentionRule(Kept What, int Months)
{
    public const int MostMonths = 240;

    /// <summary>The access log is younger than a year for nobody: its table refuses to let go of it.</summary>
    public static int FewestMonths(Kept what) => what == Kept.AccessLog ? 12 : 1;
}
