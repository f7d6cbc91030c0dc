namespace Aval.Kernel.Web;

/// <summary>Who a presented key belongs to. The one that answers stands in <c>Access</c>.</summary>
public interface IKeys
{
    /// <summary>The actor of this key, or null when there is no such key (any more).</summary>
    /// <param name="isUse">False where nobody calls, and it is asked only whether the key still opens anything.</param>
    ValueTask<Actor?> FindAsync(string key, CancellationToken cancel, bool isUse = true);
}
